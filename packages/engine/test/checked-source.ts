import { type ByteSource, MAX_READ_BYTES } from "../src/source/byte-source.ts";

/**
 * A source that holds its reader to the contract: a read that asks for too much throws, and the bytes of the last one
 * are wiped.
 */
export function checkedSource(bytes: Uint8Array): ByteSource {
	let last = new Uint8Array(0);
	return {
		byteLength: bytes.length,
		read(byteOffset, byteLength) {
			const isSound = Number.isSafeInteger(byteOffset) && byteOffset >= 0 && byteLength >= 0;
			if (!isSound || byteLength > MAX_READ_BYTES) throw new Error(`${byteLength} bytes asked for at ${byteOffset}`);
			last.fill(0xa5);
			last = bytes.slice(byteOffset, byteOffset + byteLength);
			return last;
		},
	};
}

/** A source of any length that has bytes at some places and zeros between them; it takes no memory for those. */
export function sparseSource(byteLength: number, pieces: readonly (readonly [number, Uint8Array])[]): ByteSource {
	return {
		byteLength,
		read(byteOffset, wantedBytes) {
			const bytes = new Uint8Array(Math.max(Math.min(wantedBytes, byteLength - byteOffset), 0));
			for (const [start, piece] of pieces) {
				const from = Math.max(start, byteOffset);
				const to = Math.min(start + piece.length, byteOffset + bytes.length);
				if (from < to) bytes.set(piece.subarray(from - start, to - start), from - byteOffset);
			}
			return bytes;
		},
	};
}
