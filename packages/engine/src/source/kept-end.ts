import type { ByteSource } from "./byte-source.ts";
import { FINGERPRINT_BYTES } from "./fingerprint.ts";

/**
 * Reads the end of a long source once and keeps it, so that reads there (by a fingerprint or a decoder searching for
 * tags) do not move the source's window.
 *
 * Thread: loader.
 */
export function withKeptEnd(bytes: ByteSource): ByteSource {
	const endOffset = bytes.byteLength - FINGERPRINT_BYTES;
	const end = bytes.read(endOffset, FINGERPRINT_BYTES).slice();
	return {
		byteLength: bytes.byteLength,
		read(byteOffset, byteLength) {
			if (byteOffset < endOffset) return bytes.read(byteOffset, byteLength);
			return end.subarray(byteOffset - endOffset, byteOffset - endOffset + byteLength);
		},
		async prepare() {
			await bytes.prepare?.();
		},
		buffered(byteOffset) {
			if (byteOffset >= endOffset) return end.subarray(byteOffset - endOffset);
			return bytes.buffered?.(byteOffset) ?? new Uint8Array(0);
		},
	};
}
