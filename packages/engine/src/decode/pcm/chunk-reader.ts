import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";

/** One chunk of a file in the IFF family: RIFF, RF64, AIFF, CAF. */
export interface Chunk {
	/** Its four characters, as written: "fmt ", "data". */
	readonly id: string;
	/** Where its header stands, in bytes from the start of the file. */
	readonly headerOffset: number;
	/** Where its body stands. */
	readonly bodyOffset: number;
	/** Bytes of body that its header declares; CAF has negative ones. */
	readonly declaredBytes: number;
	/** Bytes of body that the file has; all that follow where the declared size is negative. */
	readonly bodyBytes: number;
}

/** How the chunks of a format are written. */
export interface ChunkLayout {
	/** Where the first one stands. */
	readonly startOffset: number;
	readonly isLittleEndian: boolean;
	/** Sizes are signed and of 64 bits, and bodies are not padded to an even length: CAF. */
	readonly isLong?: boolean;
	/** True sizes, by id, of chunks that declare ALL_ONES; looked at when the chunk is reached: RF64. */
	readonly trueBytes?: ReadonlyMap<string, number>;
}

/** The 32-bit size of a chunk whose length is not known or does not fit. */
export const ALL_ONES: number = 0xffffffff;

/** More chunks than this are no recording: the walk ends there, so that a hostile file cannot make it endless. */
const MAXIMUM_CHUNKS = 65_536;

/** The four characters at an offset; bytes past the end read as nothing. */
export function fourCharacters(view: DataView, offset: number): string {
	return charactersAt(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset, 4);
}

/** A view of a stretch of the file, shorter where the file ends; valid until the next read. */
export function readView(source: ByteSource, byteOffset: number, byteLength: number): DataView {
	const bytes = source.read(byteOffset, byteLength);
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The unsigned 64-bit integer at an offset; beyond 2^53 it is rounded. */
export function readUint64(view: DataView, offset: number, isLittleEndian: boolean): number {
	const high = view.getUint32(offset + (isLittleEndian ? 4 : 0), isLittleEndian);
	return high * 2 ** 32 + view.getUint32(offset + (isLittleEndian ? 0 : 4), isLittleEndian);
}

/** The chunks of a file in their order, until its end. */
export function* readChunks(source: ByteSource, layout: ChunkLayout): Generator<Chunk> {
	const headerBytes = layout.isLong ? 12 : 8;
	let headerOffset = layout.startOffset;
	for (let count = 0; count < MAXIMUM_CHUNKS && headerOffset + headerBytes <= source.byteLength; count++) {
		const header = readView(source, headerOffset, headerBytes);
		if (header.byteLength < headerBytes) return;
		const id = fourCharacters(header, 0);
		const declaredBytes = declaredSize(header, id, layout);
		const bodyOffset = headerOffset + headerBytes;
		const remainingBytes = source.byteLength - bodyOffset;
		const bodyBytes = declaredBytes < 0 ? remainingBytes : Math.min(declaredBytes, remainingBytes);
		yield { id, headerOffset, bodyOffset, declaredBytes, bodyBytes };
		const paddingBytes = layout.isLong ? 0 : declaredBytes % 2;
		headerOffset = bodyOffset + Math.max(declaredBytes, bodyBytes) + paddingBytes;
	}
}

function declaredSize(header: DataView, id: string, { isLong, isLittleEndian, trueBytes }: ChunkLayout): number {
	if (isLong) return header.getInt32(4) * 2 ** 32 + header.getUint32(8);
	const declared = header.getUint32(4, isLittleEndian);
	return declared === ALL_ONES ? (trueBytes?.get(id) ?? ALL_ONES) : declared;
}
