const HEAD_BYTES = 8;

/** A chunk of a RIFF file whose body is not filled yet, padded to an even length. */
export interface Chunk {
	/** The whole of it. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly body: DataView;
}

/** @param id - four characters */
export function createChunk(id: string, bodyBytes: number): Chunk {
	const bytes = new Uint8Array(HEAD_BYTES + bodyBytes + (bodyBytes % 2));
	writeCharacters(bytes, 0, id);
	new DataView(bytes.buffer).setUint32(4, bodyBytes, true);
	return { bytes, body: new DataView(bytes.buffer, HEAD_BYTES, bodyBytes) };
}

/** Writes one byte per character. */
export function writeCharacters(bytes: Uint8Array, byteOffset: number, characters: string): void {
	for (let index = 0; index < characters.length; index++) bytes[byteOffset + index] = characters.charCodeAt(index);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}
