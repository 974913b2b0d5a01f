import type { ByteSource } from "./byte-source.ts";

/**
 * A range of a file as a source: a stream inside a container, or the file after a tag.
 *
 * Byte offsets of a decoder on it are relative to the range; `openInWindow` converts them.
 *
 * Thread: loader.
 *
 * @param start - start of the range, in bytes from the start of the file
 * @param end - end of the range, clamped to the end of the file
 */
export function byteWindow(source: ByteSource, start: number, end: number = source.byteLength): ByteSource {
	const byteLength = Math.max(0, Math.min(end, source.byteLength) - start);
	return {
		byteLength,
		read: (byteOffset, wantedBytes) =>
			source.read(start + byteOffset, Math.max(0, Math.min(wantedBytes, byteLength - byteOffset))),
		...(source.prepare === undefined ? {} : { prepare: () => source.prepare?.() ?? Promise.resolve() }),
	};
}
