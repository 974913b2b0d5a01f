import type { ByteSource } from "../../source/byte-source.ts";
import type { OnScan } from "../scan-progress.ts";
import { placementOf } from "./padded-samples.ts";
import type { Contradiction } from "./pcm-decoder.ts";
import { aLaw, bottomInteger, float, muLaw, type SampleCoding, signedInteger, unsigned8 } from "./sample-coding.ts";
import { sampleWidth, type WidthFigures } from "./sample-width.ts";

/** A codec of contiguous samples. */
export type PlainCodec = "integer" | "float" | "a-law" | "mu-law";

/** The header fields that describe contiguous samples. */
export interface PlainFormat extends WidthFigures {
	readonly codec: PlainCodec;
	readonly isLittleEndian: boolean;
	/** Integers of one byte are signed. */
	readonly hasSignedBytes: boolean;
	/** Bits per sample if `bits` is the width of the container, else 0. */
	readonly validBits: number;
}

/** The location of the samples. */
export interface PlainData {
	readonly source: ByteSource;
	readonly dataOffset: number;
	readonly dataBytes: number;
	readonly onScan: OnScan | undefined;
}

/** The sample coding and any contradictions in the header. */
export interface PlainCoding {
	readonly coding: SampleCoding;
	readonly isDoubtful: boolean;
}

/** Widest supported integers. */
const MAX_INTEGER_BYTES = 4;

/**
 * Determines the sample coding from the header, and from the samples themselves if the header is incomplete or
 * contradicts itself.
 *
 * @returns null if the header's fields are impossible
 */
export async function readPlainCoding(format: PlainFormat, data: PlainData): Promise<PlainCoding | null> {
	const { codec, isLittleEndian } = format;
	const isCompanded = codec === "a-law" || codec === "mu-law";
	const width = sampleWidth(isCompanded ? { ...format, bits: 8 } : format);
	if (width === null) return null;
	if (codec === "integer") {
		if (width.container !== null) return readPadded(format, width.bytes, width.container.bytes, data);
		return orNull(await readInteger(format, width.bytes, data), width.isDoubtful);
	}
	if (width.container?.isAgreed === true) return null;
	if (codec === "float") return orNull(float(width.bytes, isLittleEndian), width.isDoubtful);
	return { coding: codec === "a-law" ? aLaw : muLaw, isDoubtful: width.isDoubtful };
}

/** The contradiction as a sentence, if there is one. */
export function contradictionsOf(
	{ coding, isDoubtful }: PlainCoding,
	figures: string,
	byteOffset: number,
): readonly Contradiction[] {
	const width = coding.bytes === 1 ? "1 byte" : `${coding.bytes} bytes`;
	const warning = `The format contradicts itself: ${figures}. It was read as ${width} per sample.`;
	return isDoubtful ? [{ byteOffset, warning }] : [];
}

/** "2 channels of 16 bits". */
export function channelsOfBits({ channels, bits }: Pick<WidthFigures, "channels" | "bits">): string {
	return `${channels} ${channels === 1 ? "channel" : "channels"} of ${bits} bits`;
}

/** Full containers, in which not all bits need be in use. */
async function readInteger(format: PlainFormat, bytes: number, data: PlainData): Promise<SampleCoding | null> {
	const { validBits, isLittleEndian } = format;
	const isPadded = validBits > 8 && validBits <= 8 * (bytes - 1) && bytes <= MAX_INTEGER_BYTES;
	const samples = { ...data, bytes, bits: validBits, isLittleEndian };
	const isAtBottom = isPadded && (await placementOf(data.source, samples, data.onScan)) === "bottom";
	return isAtBottom ? bottomInteger(bytes, validBits, isLittleEndian) : integer(bytes, format);
}

/** Samples that may be in wider containers; unless the samples confirm it, only if both other fields agree. */
async function readPadded(
	format: PlainFormat,
	bytes: number,
	containerBytes: number,
	data: PlainData,
): Promise<PlainCoding | null> {
	if (containerBytes > MAX_INTEGER_BYTES) return orNull(integer(bytes, format), true);
	const { bits, isLittleEndian } = format;
	const placement = await placementOf(
		data.source,
		{ ...data, bytes: containerBytes, bits, isLittleEndian },
		data.onScan,
	);
	if (placement === "top") return orNull(integer(containerBytes, format), false);
	if (placement === "bottom" && bits > 8) {
		return { coding: bottomInteger(containerBytes, bits, isLittleEndian), isDoubtful: false };
	}
	const isLongWord = containerBytes === 4 && bytes === 3;
	return orNull(integer(isLongWord ? containerBytes : bytes, format), true);
}

function integer(bytes: number, { hasSignedBytes, isLittleEndian }: PlainFormat): SampleCoding | null {
	return bytes === 1 && !hasSignedBytes ? unsigned8 : signedInteger(bytes, isLittleEndian);
}

function orNull(coding: SampleCoding | null, isDoubtful: boolean): PlainCoding | null {
	return coding === null ? null : { coding, isDoubtful };
}
