import { LooperError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import type { SourcePlatform } from "./source-platform.ts";

/** Bytes that a fingerprint takes from the start, and from the end. */
export const FINGERPRINT_BYTES: number = 2 ** 16;
const LENGTH_BYTES = 8;

/**
 * The fingerprint of a long source: a hash of its length, its first 64 KiB and its last 64 KiB.
 *
 * Two sources with different fingerprints differ. Two with the same one may differ, too, and by intent: only the
 * content's own hash names it. Thread: loader.
 *
 * @returns 64 hexadecimal digits.
 * @throws LooperError `read-failed` when the source is shorter than it was.
 */
export async function fingerprintOf(bytes: ByteSource, platform: Pick<SourcePlatform, "hash">): Promise<string> {
	const taken = new Uint8Array(LENGTH_BYTES + 2 * FINGERPRINT_BYTES);
	new DataView(taken.buffer).setFloat64(0, bytes.byteLength);
	// The end comes first, so that the source's window is left at the start, where decoding begins.
	copyFrom(bytes, bytes.byteLength - FINGERPRINT_BYTES, taken.subarray(LENGTH_BYTES + FINGERPRINT_BYTES));
	copyFrom(bytes, 0, taken.subarray(LENGTH_BYTES, LENGTH_BYTES + FINGERPRINT_BYTES));
	return platform.hash(taken);
}

function copyFrom(bytes: ByteSource, byteOffset: number, target: Uint8Array): void {
	const read = bytes.read(byteOffset, target.length);
	if (read.length < target.length) throw becameShorter();
	target.set(read);
}

/** The error of a file that ends before its length. */
export function becameShorter(): LooperError {
	return new LooperError("read-failed", "the file became shorter while it was read; try again");
}
