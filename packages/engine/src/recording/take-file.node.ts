import { randomUUID } from "node:crypto";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { TakeFile, TakeStore } from "./take-file.ts";

/** Takes as files, in the directory for temporary ones unless the caller names a path; a file that is there is not overwritten. */
export const fileTakes: TakeStore = {
	async create(path) {
		const absolute = path === null ? join(tmpdir(), `flitzis-looper-${randomUUID()}.wav`) : resolve(path);
		return fileTake(absolute);
	},
};

function fileTake(path: string): TakeFile {
	const file = explained(path, () => openSync(path, "wx"));
	return {
		write(bytes, byteOffset) {
			explained(path, () => {
				for (let written = 0; written < bytes.length; )
					written += writeSync(file, bytes, written, bytes.length - written, byteOffset + written);
			});
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

/** @throws Error that says what the platform's error means for a take, and what to do. */
function explained<Result>(path: string, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		throw new Error(`The take cannot be written: ${reasonOf(path, error)}`, { cause: error });
	}
}

function reasonOf(path: string, error: unknown): string {
	const code = error instanceof Error && "code" in error ? error.code : null;
	switch (code) {
		case "EEXIST":
			return `there is a file at ${path} already. Choose another path.`;
		case "ENOENT":
		case "ENOTDIR":
			return `${dirname(path)} is no folder. Make it, or choose another path.`;
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return `${path} may not be written. Choose another path.`;
		case "ENOSPC":
		case "EDQUOT":
			return `there is no space left for ${path}. Free some, or choose another path.`;
		default:
			return `${error instanceof Error ? error.message : String(error)}. Choose another path.`;
	}
}
