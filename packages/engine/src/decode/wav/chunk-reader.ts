/** One chunk of a file in the IFF family (RIFF, RF64, AIFF). */
export interface Chunk {
	/** Its four characters, as written: "fmt ", "data". */
	readonly id: string;
	/** Where its header stands, in bytes from the start of the file. */
	readonly headerOffset: number;
	/** Where its body stands. */
	readonly bodyOffset: number;
	/** Bytes of body that its header declares. */
	readonly declaredBytes: number;
	/** Bytes of body that the file has. */
	readonly bodyBytes: number;
}

const HEADER_BYTES = 8;

/** The four characters at an offset; bytes past the end of the file read as nothing. */
export function fourCharacters(bytes: Uint8Array, offset: number): string {
	return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

/**
 * The chunks of a file from an offset on, until its end; a body is padded to an even number of bytes.
 *
 * @param isLittleEndian - true for the RIFF family, false for AIFF
 */
export function* readChunks(bytes: Uint8Array, offset: number, isLittleEndian: boolean): Generator<Chunk> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let headerOffset = offset;
	while (headerOffset + HEADER_BYTES <= bytes.length) {
		const declaredBytes = view.getUint32(headerOffset + 4, isLittleEndian);
		const bodyOffset = headerOffset + HEADER_BYTES;
		const bodyBytes = Math.min(declaredBytes, bytes.length - bodyOffset);
		yield { id: fourCharacters(bytes, headerOffset), headerOffset, bodyOffset, declaredBytes, bodyBytes };
		headerOffset = bodyOffset + declaredBytes + (declaredBytes % 2);
	}
}
