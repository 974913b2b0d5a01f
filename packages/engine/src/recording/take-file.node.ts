import { randomUUID } from "node:crypto";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TakeFile, TakeStore } from "./take-file.ts";

/** Takes as files, in the directory for temporary ones unless the caller names a path; a file that is there is not overwritten. */
export const fileTakes: TakeStore = {
	async create(path) {
		const absolute = path === null ? join(tmpdir(), `flitzis-looper-${randomUUID()}.wav`) : resolve(path);
		return fileTake(absolute);
	},
};

function fileTake(path: string): TakeFile {
	const file = openSync(path, "wx");
	return {
		write(bytes, byteOffset) {
			for (let written = 0; written < bytes.length; )
				written += writeSync(file, bytes, written, bytes.length - written, byteOffset + written);
		},
		finish(byteLength) {
			ftruncateSync(file, byteLength);
			closeSync(file);
			return { kind: "path", path };
		},
		async discard() {
			closeSync(file);
			await rm(path, { force: true });
		},
	};
}
