import type { ByteSource } from "./byte-source.ts";
import { FINGERPRINT_BYTES } from "./fingerprint.ts";

/**
 * Reads the end of a long source and keeps it: what looks there, a fingerprint or a decoder in search of tags, leaves the
 * source's window where it is.
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
		held(byteOffset) {
			if (byteOffset >= endOffset) return end.subarray(byteOffset - endOffset);
			return bytes.held?.(byteOffset) ?? new Uint8Array(0);
		},
	};
}
