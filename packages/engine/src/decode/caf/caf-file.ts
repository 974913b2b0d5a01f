import { MalformedAudioError } from "../../errors.ts";
import type { SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { endWithoutTags } from "../file-tail.ts";
import { type Chunk, fourCharacters, readChunks, readView } from "../pcm/chunk-reader.ts";
import { isPlaceholder } from "../pcm/placeholder-size.ts";
import { CafMetadata } from "./caf-metadata.ts";

/** The `desc` chunk of a CAF file, unchecked. */
export interface CafDescription {
	/** Offset of the chunk's body in the file, in bytes. */
	readonly byteOffset: number;
	readonly sampleRate: number;
	/** The codec, in four characters: "lpcm", "alac", "aac ". */
	readonly formatId: string;
	readonly formatFlags: number;
	/** 0 if variable. */
	readonly packetBytes: number;
	/** 0 if variable. */
	readonly packetFrames: number;
	readonly channels: number;
	/** Bits of one sample, 0 for compressed audio. */
	readonly sampleBits: number;
}

/** The parts of a CAF file, whatever its codec. */
export interface CafFile {
	readonly description: CafDescription;
	/** Offset of the audio in the file, in bytes. */
	readonly dataOffset: number;
	/** Bytes of audio in the file. */
	readonly dataBytes: number;
	/** Bytes of audio that the file declares; null if the audio extends to the end of the file. */
	readonly declaredBytes: number | null;
	/** The first chunk of each type; compressed audio also needs "pakt" and "kuki". */
	readonly chunks: ReadonlyMap<string, Chunk>;
	/** What the file says of its music, unchecked. */
	readonly metadata: SampleMetadata;
}

const HEADER_BYTES = 8;
const VERSION = 1;
const DESCRIPTION_BYTES = 32;
const EDIT_COUNT_BYTES = 4;
const TO_THE_END = -1;

/**
 * Splits a CAF file into its parts.
 *
 * Thread: loader.
 * Source: Apple, "Core Audio Format Specification 1.0" (2011).
 *
 * @throws MalformedAudioError if description or audio is missing or impossible.
 */
export function readCafFile(source: ByteSource): CafFile {
	const header = readView(source, 0, HEADER_BYTES);
	if (header.byteLength < HEADER_BYTES || header.getUint16(4) !== VERSION) {
		throw new MalformedAudioError(4, "The CAF file's header does not declare version 1. Export the file again.");
	}
	const metadata = new CafMetadata();
	const chunks = findChunks(source, metadata);
	const description = chunks.get("desc");
	const data = chunks.get("data");
	if (description === undefined || data === undefined) {
		const missing = description === undefined ? "description" : "data";
		throw new MalformedAudioError(source.byteLength, `The CAF file has no ${missing} chunk. Export it again.`);
	}
	const parsed = readDescription(source, description);
	const isOpen = isLengthOpen(data, parsed);
	const isLeftToEnd = isOpen || data.declaredBytes > data.bodyBytes;
	const bodyBytes = isLeftToEnd ? endWithoutTags(source) - data.bodyOffset : data.bodyBytes;
	return {
		description: parsed,
		dataOffset: data.bodyOffset + EDIT_COUNT_BYTES,
		dataBytes: Math.max(bodyBytes - EDIT_COUNT_BYTES, 0),
		declaredBytes: isOpen ? null : data.declaredBytes - EDIT_COUNT_BYTES,
		chunks,
		metadata: metadata.metadata,
	};
}

/** Writers to a pipe leave -1; 0 is impossible because the chunk begins with a count. */
function isLengthOpen({ bodyOffset, declaredBytes, bodyBytes }: Chunk, { packetBytes }: CafDescription): boolean {
	if (declaredBytes === TO_THE_END || declaredBytes === 0) return true;
	return (
		declaredBytes > bodyBytes && isPlaceholder({ bodyOffset, declaredBytes, frameBytes: Math.max(packetBytes, 1) })
	);
}

function findChunks(source: ByteSource, metadata: CafMetadata): Map<string, Chunk> {
	const chunks = new Map<string, Chunk>();
	for (const chunk of readChunks(source, { startOffset: HEADER_BYTES, isLittleEndian: false, isLong: true })) {
		const isOpen = chunk.id === "data" && chunk.declaredBytes === TO_THE_END;
		if (chunk.declaredBytes < 0 && !isOpen) {
			// After the data chunk this is junk at the end of the file.
			if (chunks.has("data")) return chunks;
			throw new MalformedAudioError(
				chunk.headerOffset,
				`The CAF chunk "${chunk.id}" declares ${chunk.declaredBytes} bytes. Export the file again.`,
			);
		}
		metadata.take(source, chunk);
		if (!chunks.has(chunk.id)) chunks.set(chunk.id, chunk);
	}
	return chunks;
}

function readDescription(source: ByteSource, { bodyOffset, bodyBytes }: Chunk): CafDescription {
	const view = readView(source, bodyOffset, Math.min(bodyBytes, DESCRIPTION_BYTES));
	if (view.byteLength < DESCRIPTION_BYTES) {
		throw new MalformedAudioError(
			bodyOffset,
			`The CAF description has ${view.byteLength} bytes; ${DESCRIPTION_BYTES} are needed. Export the file again.`,
		);
	}
	return {
		byteOffset: bodyOffset,
		sampleRate: view.getFloat64(0),
		formatId: fourCharacters(view, 8),
		formatFlags: view.getUint32(12),
		packetBytes: view.getUint32(16),
		packetFrames: view.getUint32(20),
		channels: view.getUint32(24),
		sampleBits: view.getUint32(28),
	};
}
