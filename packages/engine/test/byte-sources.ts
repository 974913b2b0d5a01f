import { type ByteSource, MAX_READ_BYTES, windowedSource } from "../src/source/byte-source.ts";

/** Overwrites stale views. */
const POISON = 0xaa;

/** A source whose reads overwrite the bytes of the previous one; reads above the limit throw. */
export function forgetfulSource(bytes: Uint8Array): ByteSource {
	let last = new Uint8Array(0);
	return {
		byteLength: bytes.length,
		read(byteOffset, byteLength) {
			if (byteLength > MAX_READ_BYTES) throw new RangeError(`a read of ${byteLength} bytes`);
			last.fill(POISON);
			last = new Uint8Array(bytes.subarray(byteOffset, byteOffset + byteLength));
			return last;
		},
	};
}

/** A windowed source over bytes in memory whose window is overwritten before every fill, and the number of fills. */
export function countedWindow(bytes: Uint8Array): { readonly source: ByteSource; readonly fills: () => number } {
	let fillCount = 0;
	const source = windowedSource(bytes.length, (byteOffset, target) => {
		fillCount++;
		target.fill(POISON);
		const piece = bytes.subarray(byteOffset, byteOffset + target.length);
		target.set(piece);
		return piece.length;
	});
	return { source, fills: () => fillCount };
}

/** A source whose file can be truncated while being read, although its announced length stays. */
export function shrinkingSource(bytes: Uint8Array): ByteSource & { cut(byteLength: number): void } {
	let length = bytes.length;
	const window = windowedSource(bytes.length, (byteOffset, target) => {
		const piece = bytes.subarray(byteOffset, Math.min(byteOffset + target.length, Math.max(length, byteOffset)));
		target.set(piece);
		return piece.length;
	});
	return {
		byteLength: bytes.length,
		read: (byteOffset, byteLength) => window.read(byteOffset, byteLength),
		cut(byteLength) {
			length = byteLength;
		},
	};
}

/** A long file generated on demand: a head, then parts of equal length, made from their index. */
export function endlessSource(file: {
	readonly head: Uint8Array;
	readonly partBytes: number;
	readonly partCount: number;
	readonly part: (index: number) => Uint8Array;
}): ByteSource {
	const { head, partBytes, partCount, part } = file;
	const headBytes = head.length;
	return windowedSource(headBytes + partBytes * partCount, (byteOffset, target) => {
		let filled = Math.max(0, Math.min(headBytes - byteOffset, target.length));
		target.set(head.subarray(byteOffset, byteOffset + filled));
		while (filled < target.length) {
			const place = byteOffset + filled - headBytes;
			const index = Math.floor(place / partBytes);
			if (index >= partCount) break;
			const bytes = part(index)
				.subarray(place % partBytes)
				.subarray(0, target.length - filled);
			target.set(bytes, filled);
			filled += bytes.length;
		}
		return filled;
	});
}

/** Reads a whole source to its end. */
export function readWhole(source: ByteSource): Uint8Array {
	const bytes = new Uint8Array(source.byteLength);
	for (let offset = 0; offset < bytes.length; ) {
		const piece = source.read(offset, MAX_READ_BYTES);
		if (piece.length === 0) return bytes.subarray(0, offset);
		bytes.set(piece, offset);
		offset += piece.length;
	}
	return bytes;
}
