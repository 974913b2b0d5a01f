/**
 * A file's bytes, read in pieces, so that a file of any size is decoded in bounded memory.
 *
 * Thread: loader, where a read may block.
 */
export interface ByteSource {
	readonly byteLength: number;
	/**
	 * Reads a range of the file.
	 *
	 * @param byteOffset - from the start of the file, >= 0
	 * @param byteLength - bytes wanted, >= 0; decoders keep it to MAX_READ_BYTES
	 * @returns the bytes, fewer at the end of the file; valid until the next read.
	 * @throws LooperError `read-failed` if the file is no longer readable.
	 */
	read(byteOffset: number, byteLength: number): Uint8Array;
	/** Prefetches the bytes after the last read, so that the next one need not block; the last read stays valid. */
	prepare?(): Promise<void>;
	/**
	 * Returns bytes that are in memory, without reading.
	 *
	 * @returns the bytes from an offset on, none if they are not in memory; valid until the next read.
	 */
	buffered?(byteOffset: number): Uint8Array;
}

/** Longest range of one read: a source keeps a window of this length. */
export const MAX_READ_BYTES: number = 2 ** 20;

/** A source whose bytes are in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
	return {
		byteLength: bytes.length,
		read: (byteOffset, byteLength) => bytes.subarray(byteOffset, byteOffset + byteLength),
		buffered: (byteOffset) => bytes.subarray(byteOffset, byteOffset + MAX_READ_BYTES),
	};
}

/**
 * A source that keeps a window of the file in memory; reads within it are free.
 *
 * @param byteLength - of the file
 * @param readInto - fills the target from an offset and returns the bytes read; may block
 * @param windowBytes - bytes read at a time, >= MAX_READ_BYTES; longer windows pay off if reads are round trips
 */
export function windowedSource(
	byteLength: number,
	readInto: (byteOffset: number, target: Uint8Array) => number,
	windowBytes: number = MAX_READ_BYTES,
): ByteSource {
	const window = new Uint8Array(Math.min(windowBytes, Math.max(byteLength, 1)));
	let start = 0;
	let length = 0;
	/** Moves the window without reading again what it contains. */
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
		buffered: (byteOffset) => window.subarray(byteOffset < start ? length : byteOffset - start, length),
	};
}
