import type { ByteSource } from "../src/source/byte-source.ts";

/** A source of any length with bytes at some offsets and zeros elsewhere, which take no memory. */
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
