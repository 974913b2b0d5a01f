import { MAX_READ_BYTES } from "../source/byte-source.ts";

/** Hears how far a file has been looked through before it is decoded, as a share of it, 0..1. */
export type OnScan = (fraction: number) => Promise<void>;

/**
 * Tells of a look through a file, from its start to its end, at every mebibyte.
 *
 * @param byteLength - of the file
 * @returns what is called with each place that the look has reached, in bytes from the start of the file; null when
 * nothing is to be waited for, which is nearly always
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
