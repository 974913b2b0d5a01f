/**
 * A file's bytes, read piece by piece where they lie, so that a file of any size is decoded in bounded memory.
 *
 * Thread: loader, where a read may block.
 */
export interface ByteSource {
	readonly byteLength: number;
	/**
	 * Reads a stretch of the file.
	 *
	 * @param byteOffset - from the start of the file, >= 0
	 * @param byteLength - bytes wanted, >= 0; decoders keep it to MAX_READ_BYTES
	 * @returns the bytes, fewer where the file ends; valid until the next read.
	 * @throws LooperError `read-failed` when the file cannot be read any more.
	 */
	read(byteOffset: number, byteLength: number): Uint8Array;
	/** Gets ready what stands behind the last read, so that the next one need not block; what was read stays valid. */
	prepare?(): Promise<void>;
	/**
	 * Gives what lies in memory anyway, without reading anything.
	 *
	 * @returns the bytes from an offset on, none when that is not in memory; valid until the next read.
	 */
	held?(byteOffset: number): Uint8Array;
}

/** Longest stretch that one read may ask for: a source keeps a window of this length. */
export const MAX_READ_BYTES: number = 2 ** 20;

/** A source whose bytes lie in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
	return {
		byteLength: bytes.length,
		read: (byteOffset, byteLength) => bytes.subarray(byteOffset, byteOffset + byteLength),
		held: (byteOffset) => bytes.subarray(byteOffset, byteOffset + MAX_READ_BYTES),
	};
}

/**
 * A source that keeps a window of the file in memory: reads within it cost nothing.
 *
 * @param byteLength - of the file
 * @param readInto - fills the target from an offset and returns how many bytes the file had there; may block
 * @param windowBytes - how much is read at a time, >= MAX_READ_BYTES; longer ones pay where each read costs a round trip
 */
export function windowedSource(
	byteLength: number,
	readInto: (byteOffset: number, target: Uint8Array) => number,
	windowBytes: number = MAX_READ_BYTES,
): ByteSource {
	const window = new Uint8Array(Math.min(windowBytes, Math.max(byteLength, 1)));
	let start = 0;
	let length = 0;
	/** Moves the window; what it holds already is not read again. */
	const moveTo = (byteOffset: number): void => {
		const kept = byteOffset >= start ? Math.max(start + length - byteOffset, 0) : 0;
		if (kept > 0) window.copyWithin(0, byteOffset - start, length);
		start = byteOffset;
		length = kept;
		if (byteOffset + kept >= byteLength) return;
		length += readInto(byteOffset + kept, window.subarray(kept));
	};
	return {
		byteLength,
		read(byteOffset, wantedBytes) {
			const end = Math.min(byteOffset + Math.min(wantedBytes, MAX_READ_BYTES), byteLength);
			if (byteOffset < start || end > start + length) moveTo(byteOffset);
			return window.subarray(byteOffset - start, Math.max(Math.min(end - start, length), byteOffset - start));
		},
		held: (byteOffset) => window.subarray(byteOffset < start ? length : byteOffset - start, length),
	};
}
