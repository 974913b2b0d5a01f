import { LooperError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import type { SourcePlatform } from "./source-platform.ts";

/** Bytes of a fingerprint from the start, and from the end. */
export const FINGERPRINT_BYTES: number = 2 ** 16;
const LENGTH_BYTES = 8;

/**
 * The fingerprint of a long source: a hash of its length, its first 64 KiB and its last 64 KiB.
 *
 * Sources with different fingerprints differ. Sources with equal ones may differ, too, even by design: only the
 * content hash identifies the content. Thread: loader.
 *
 * @returns 64 hexadecimal digits.
 * @throws LooperError `read-failed` if the source became shorter.
 */
export async function fingerprintOf(bytes: ByteSource, platform: Pick<SourcePlatform, "hash">): Promise<string> {
	const taken = new Uint8Array(LENGTH_BYTES + 2 * FINGERPRINT_BYTES);
	new DataView(taken.buffer).setFloat64(0, bytes.byteLength);
	// Read the end first, so that the source's window ends up at the start, where decoding begins.
	copyFrom(bytes, bytes.byteLength - FINGERPRINT_BYTES, taken.subarray(LENGTH_BYTES + FINGERPRINT_BYTES));
	copyFrom(bytes, 0, taken.subarray(LENGTH_BYTES, LENGTH_BYTES + FINGERPRINT_BYTES));
	return platform.hash(taken);
}

function copyFrom(bytes: ByteSource, byteOffset: number, target: Uint8Array): void {
	const read = bytes.read(byteOffset, target.length);
	if (read.length < target.length) throw becameShorter();
	target.set(read);
}

/** The error for a file that ends before its length. */
export function becameShorter(): LooperError {
	return new LooperError("read-failed", "The file became shorter while it was being read. Try again.");
}
