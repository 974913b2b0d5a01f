import { MAX_READ_BYTES } from "../source/byte-source.ts";

/** Receives the progress of a scan before decoding, as a share of the file, 0..1. */
export type OnScan = (fraction: number) => Promise<void>;

/**
 * Reports the progress of a scan through a file, once per mebibyte.
 *
 * @param byteLength - of the file
 * @returns a function to call with each offset reached, in bytes from the start of the file; it returns null if there is
 * nothing to await, which is nearly always
 */
export function scanProgress(
	byteLength: number,
	onScan: OnScan | undefined,
): (byteOffset: number) => Promise<void> | null {
	let due = MAX_READ_BYTES;
	return (byteOffset) => {
		if (byteOffset < due || onScan === undefined) return null;
		due = byteOffset + MAX_READ_BYTES;
		return onScan(Math.min(byteOffset / byteLength, 1));
	};
}
