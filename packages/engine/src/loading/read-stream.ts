import { LooperError } from "../errors.ts";

/** Longest source that is read: what one typed array holds on every platform. */
export const MAX_SOURCE_BYTES: number = 2 ** 31 - 1;

const FIRST_BYTES = 2 ** 20;

/** The part of a stream's reader that is used here; the DOM's and Node's both have it. */
export interface ByteReader {
	read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
	cancel(): Promise<void>;
}

/**
 * Reads a stream to its end.
 *
 * @param total - bytes that its sender announced, null when unknown; never trusted
 * @throws LooperError `out-of-memory` when it is too long; whatever `onBytes` or the stream throws.
 */
export async function readStream(
	reader: ByteReader,
	total: number | null,
	onBytes: (read: number, total: number | null) => Promise<void>,
): Promise<Uint8Array> {
	let bytes = new Uint8Array(Math.min(total ?? FIRST_BYTES, 64 * FIRST_BYTES));
	let length = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done || value === undefined) return bytes.subarray(0, length);
			if (length + value.length > bytes.length) {
				checkLength(length + value.length);
				const longer = new Uint8Array(Math.min(Math.max(2 * bytes.length, length + value.length), MAX_SOURCE_BYTES));
				longer.set(bytes.subarray(0, length));
				bytes = longer;
			}
			bytes.set(value, length);
			length += value.length;
			await onBytes(length, total);
		}
	} catch (error) {
		// What the stream says to its cancellation matters less than what ended it.
		await reader.cancel().catch(() => {});
		throw error;
	}
}

/** @throws LooperError `out-of-memory` when a source is longer than can be read. */
export function checkLength(bytes: number): void {
	if (bytes <= MAX_SOURCE_BYTES) return;
	const gibibytes = (bytes / 2 ** 30).toFixed(1);
	throw new LooperError("out-of-memory", `the file has ${gibibytes} GiB, at most 2 can be loaded; split it`);
}
