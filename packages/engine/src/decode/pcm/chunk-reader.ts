import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";

/** One chunk of a file in the IFF family: RIFF, RF64, AIFF, CAF. */
export interface Chunk {
	/** Its four characters, as written: "fmt ", "data". */
	readonly id: string;
	/** Offset of its header in the file, in bytes. */
	readonly headerOffset: number;
	/** Offset of its body. */
	readonly bodyOffset: number;
	/** Body bytes declared in its header; may be negative in CAF. */
	readonly declaredBytes: number;
	/** Body bytes present; up to the end of the file if the declared size is negative. */
	readonly bodyBytes: number;
}

/** The chunk layout of a format. */
export interface ChunkLayout {
	/** Offset of the first chunk. */
	readonly startOffset: number;
	readonly isLittleEndian: boolean;
	/** Sizes are signed 64-bit and bodies are not padded to an even length: CAF. */
	readonly isLong?: boolean;
	/** True sizes, by id, of chunks that declare ALL_ONES; read when the chunk is reached: RF64. */
	readonly trueBytes?: ReadonlyMap<string, number>;
}

/** The 32-bit size of a chunk whose length is unknown or does not fit. */
export const ALL_ONES: number = 0xffffffff;

/** More chunks than this are not a recording; the walk stops, which bounds the time for a hostile file. */
const MAXIMUM_CHUNKS = 65_536;

/** The four characters at an offset; nothing past the end. */
export function fourCharacters(view: DataView, offset: number): string {
	return charactersAt(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset, 4);
}

/** A view of a range of the file, shorter at its end; valid until the next read. */
export function readView(source: ByteSource, byteOffset: number, byteLength: number): DataView {
	const bytes = source.read(byteOffset, byteLength);
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The unsigned 64-bit integer at an offset; beyond 2^53 it is rounded. */
export function readUint64(view: DataView, offset: number, isLittleEndian: boolean): number {
	const high = view.getUint32(offset + (isLittleEndian ? 4 : 0), isLittleEndian);
	return high * 2 ** 32 + view.getUint32(offset + (isLittleEndian ? 0 : 4), isLittleEndian);
}

/** The chunks of a file in order. */
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
		headerOffset = bodyOffset + Math.max(declaredBytes, bodyBytes) + (layout.isLong ? 0 : declaredBytes % 2);
	}
}

/** Offset of what follows a chunk that is padded to an even length. */
export function endOfChunk({ bodyOffset, declaredBytes }: Chunk): number {
	return bodyOffset + declaredBytes + (declaredBytes % 2);
}

function declaredSize(header: DataView, id: string, { isLong, isLittleEndian, trueBytes }: ChunkLayout): number {
	if (isLong) return header.getInt32(4) * 2 ** 32 + header.getUint32(8);
	const declared = header.getUint32(4, isLittleEndian);
	return declared === ALL_ONES ? (trueBytes?.get(id) ?? ALL_ONES) : declared;
}
