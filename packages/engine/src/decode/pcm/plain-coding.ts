import type { ByteSource } from "../../source/byte-source.ts";
import type { OnScan } from "../scan-progress.ts";
import { placementOf } from "./padded-samples.ts";
import type { Contradiction } from "./pcm-decoder.ts";
import { aLaw, bottomInteger, float, muLaw, type SampleCoding, signedInteger, unsigned8 } from "./sample-coding.ts";
import { sampleWidth, type WidthFigures } from "./sample-width.ts";

/** A codec whose samples stand in the file one after the other. */
export type PlainCodec = "integer" | "float" | "a-law" | "mu-law";

/** What a header says of samples that stand one after the other. */
export interface PlainFormat extends WidthFigures {
	readonly codec: PlainCodec;
	readonly isLittleEndian: boolean;
	/** Integers of one byte are signed. */
	readonly hasSignedBytes: boolean;
	/** Bits of a sample where `bits` are those of its container, else 0. */
	readonly validBits: number;
}

/** Where the samples stand. */
export interface PlainData {
	readonly source: ByteSource;
	readonly dataOffset: number;
	readonly dataBytes: number;
	readonly onScan: OnScan | undefined;
}

/** How samples are written, and whether the header can also be read in another way. */
export interface PlainCoding {
	readonly coding: SampleCoding;
	readonly isDoubtful: boolean;
}

/** Longest integers that there are. */
const MOST_INTEGER_BYTES = 4;

/**
 * Decides how samples are written from what a header says of them, and from the samples themselves where it leaves that
 * open or contradicts itself.
 *
 * @returns null when the header's figures cannot be true
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

/** Says in a sentence what contradicts itself; nothing where nothing does. */
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

/** Full containers, of which a header may say that not all bits are in use. */
async function readInteger(format: PlainFormat, bytes: number, data: PlainData): Promise<SampleCoding | null> {
	const { validBits, isLittleEndian } = format;
	const isPadded = validBits > 8 && validBits <= 8 * (bytes - 1) && bytes <= MOST_INTEGER_BYTES;
	const samples = { ...data, bytes, bits: validBits, isLittleEndian };
	const isAtBottom = isPadded && (await placementOf(data.source, samples, data.onScan)) === "bottom";
	return isAtBottom ? bottomInteger(bytes, validBits, isLittleEndian) : integer(bytes, format);
}

/** Bits that may stand in wider containers: if the samples do not confirm it, then only those that are known to. */
async function readPadded(
	format: PlainFormat,
	bytes: number,
	containerBytes: number,
	data: PlainData,
): Promise<PlainCoding | null> {
	if (containerBytes > MOST_INTEGER_BYTES) return orNull(integer(bytes, format), true);
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
