import type { ByteSource } from "./byte-source.ts";

/**
 * A stretch of a file as a source of its own: a stream inside a container, or what stands behind a tag.
 *
 * A decoder that works on it names places in the stretch; `openInWindow` turns them into places in the file.
 *
 * Thread: loader.
 *
 * @param start - where it begins, in bytes from the start of the file
 * @param end - where it ends; beyond the end of the file it is that
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
