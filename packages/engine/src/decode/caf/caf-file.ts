import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { endWithoutTags } from "../file-tail.ts";
import { type Chunk, fourCharacters, readChunks, readView } from "../pcm/chunk-reader.ts";
import { isPlaceholder } from "../pcm/placeholder-size.ts";

/** What a CAF file's `desc` chunk says, unchecked. */
export interface CafDescription {
	/** Where the chunk's body stands, in bytes from the start of the file. */
	readonly byteOffset: number;
	readonly sampleRate: number;
	/** Four characters that name the codec: "lpcm", "alac", "aac ". */
	readonly formatId: string;
	readonly formatFlags: number;
	/** 0 where it varies. */
	readonly packetBytes: number;
	/** 0 where it varies. */
	readonly packetFrames: number;
	readonly channels: number;
	/** Bits of one sample, 0 for compressed audio. */
	readonly sampleBits: number;
}

/** A CAF file taken apart, whatever its codec. */
export interface CafFile {
	readonly description: CafDescription;
	/** Where the audio starts, in bytes from the start of the file. */
	readonly dataOffset: number;
	/** Bytes of audio that the file has. */
	readonly dataBytes: number;
	/** Bytes of audio that the file says it has; null when the audio goes to the end of the file. */
	readonly declaredBytes: number | null;
	/** The first chunk of each type: "pakt" and "kuki" are what compressed audio needs besides. */
	readonly chunks: ReadonlyMap<string, Chunk>;
}

const HEADER_BYTES = 8;
const VERSION = 1;
const DESCRIPTION_BYTES = 32;
const EDIT_COUNT_BYTES = 4;
const TO_THE_END = -1;

/**
 * Takes a CAF file apart.
 *
 * Thread: loader.
 * Source: Apple, "Core Audio Format Specification 1.0" (2011).
 *
 * @throws MalformedAudioError when description or audio is missing or cannot be true.
 */
export function readCafFile(source: ByteSource): CafFile {
	const header = readView(source, 0, HEADER_BYTES);
	if (header.byteLength < HEADER_BYTES || header.getUint16(4) !== VERSION) {
		throw new MalformedAudioError(4, "The CAF file's header does not say version 1; it is damaged.");
	}
	const chunks = findChunks(source);
	const description = chunks.get("desc");
	const data = chunks.get("data");
	if (description === undefined || data === undefined) {
		const missing = description === undefined ? "description" : "data";
		throw new MalformedAudioError(source.byteLength, `The CAF file ends without a ${missing} chunk; it is damaged.`);
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
	};
}

/** Writers to a pipe leave -1; 0 cannot be true, because the chunk begins with a count. */
function isLengthOpen({ bodyOffset, declaredBytes, bodyBytes }: Chunk, { packetBytes }: CafDescription): boolean {
	if (declaredBytes === TO_THE_END || declaredBytes === 0) return true;
	return (
		declaredBytes > bodyBytes && isPlaceholder({ bodyOffset, declaredBytes, frameBytes: Math.max(packetBytes, 1) })
	);
}

function findChunks(source: ByteSource): Map<string, Chunk> {
	const chunks = new Map<string, Chunk>();
	for (const chunk of readChunks(source, { startOffset: HEADER_BYTES, isLittleEndian: false, isLong: true })) {
		const isOpen = chunk.id === "data" && chunk.declaredBytes === TO_THE_END;
		if (chunk.declaredBytes < 0 && !isOpen) {
			// Behind the data this is junk at the end of the file.
			if (chunks.has("data")) return chunks;
			throw new MalformedAudioError(
				chunk.headerOffset,
				`The CAF chunk "${chunk.id}" declares ${chunk.declaredBytes} bytes; it is damaged.`,
			);
		}
		if (!chunks.has(chunk.id)) chunks.set(chunk.id, chunk);
	}
	return chunks;
}

function readDescription(source: ByteSource, { bodyOffset, bodyBytes }: Chunk): CafDescription {
	const view = readView(source, bodyOffset, Math.min(bodyBytes, DESCRIPTION_BYTES));
	if (view.byteLength < DESCRIPTION_BYTES) {
		throw new MalformedAudioError(
			bodyOffset,
			`The CAF description has ${view.byteLength} of ${DESCRIPTION_BYTES} bytes.`,
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
