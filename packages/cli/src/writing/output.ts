import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { STANDARD_STREAM } from "../terminal.ts";
import { partialPath, realPath } from "./output-path.ts";

/** Where a rendering is written to. */
export interface Output {
	write(bytes: Uint8Array): Promise<void>;
	/** Makes what was written final. */
	finish(): Promise<void>;
	/** Leaves nothing behind, where that is possible. */
	discard(): Promise<void>;
}

/**
 * Opens an output: a file gets its name when it is complete, also through a link; a device or a pipe is written into.
 *
 * @param path - `-` is standard output
 * @throws whatever the file system does
 */
export async function openOutput(path: string, stdout: Writable): Promise<Output> {
	if (path === STANDARD_STREAM) return streamOutput(stdout);
	const target = await realPath(path);
	const found = await stat(target).catch(() => null);
	if (found !== null && !found.isFile()) return deviceOutput(await open(target, "w"));
	// Fails where the file itself cannot be written, although its folder could be.
	if (found !== null) await (await open(target, "r+")).close();
	const partial = partialPath(target);
	const file = await open(partial, "w");
	return {
		write: (bytes) => file.writeFile(bytes),
		async finish() {
			await file.close();
			await rename(partial, target);
		},
		async discard() {
			await file.close();
			await rm(partial, { force: true });
		},
	};
}

function deviceOutput(file: FileHandle): Output {
	return { write: (bytes) => file.writeFile(bytes), finish: () => file.close(), discard: () => file.close() };
}

/** The stream stays open: it is not ours. */
function streamOutput(stream: Writable): Output {
	// Otherwise a reader that goes away ends the process; the write fails with the same error.
	stream.on("error", () => {});
	return {
		write: (bytes) =>
			new Promise((resolve, reject) => {
				stream.write(bytes, (error) => {
					if (error) reject(error);
					else resolve();
				});
			}),
		finish: async () => {},
		discard: async () => {},
	};
}
