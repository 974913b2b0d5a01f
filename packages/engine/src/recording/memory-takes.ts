import type { TakeFile, TakeStore } from "./take-file.ts";

/** Bytes of a take in memory; more than eleven minutes at 48 kHz. */
const MAX_TAKE_BYTES = 256 * 2 ** 20;

/** Takes in memory, for threads without files. */
export const memoryTakes: TakeStore = {
	async create(path) {
		if (path !== null)
			throw new Error("A page can write no take to a path: leave path out, and save what blob() gives.");
		return memoryTake(MAX_TAKE_BYTES);
	},
};

/** A take whose header is written again and again, and whose other bytes once, in order. */
export function memoryTake(limit: number): TakeFile {
	let header: Uint8Array<ArrayBuffer> = new Uint8Array();
	let parts: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	return {
		write(bytes, byteOffset) {
			if (byteOffset === 0) {
				header = bytes.slice();
				return;
			}
			if (length + bytes.length > limit)
				throw new Error(`${limit / 2 ** 20} MiB are the limit of a take where there are no private files.`);
			parts.push(bytes.slice());
			length += bytes.length;
		},
		finish: (byteLength) => ({ kind: "memory", parts: firstBytes([header, ...parts], byteLength) }),
		async discard() {
			parts = [];
		},
	};
}

/** The parts up to so many bytes. */
function firstBytes(parts: readonly Uint8Array<ArrayBuffer>[], byteLength: number): Uint8Array<ArrayBuffer>[] {
	let left = byteLength;
	return parts.flatMap((part) => {
		const kept = part.subarray(0, left);
		left -= kept.length;
		return kept.length > 0 ? [kept] : [];
	});
}
