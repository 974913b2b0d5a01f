import { printable } from "../presentation/printable.ts";

/** What the codes of the file system mean to somebody who named a file. */
const problems: Readonly<Record<string, string>> = {
	ENOENT: "does not exist. Check its name.",
	ENOTDIR: "does not exist. Check its name.",
	EISDIR: "is a folder. Name a file.",
	EACCES: "is not yours to open. Change its permissions, or name another file.",
	EPERM: "is not yours to open. Change its permissions, or name another file.",
	EROFS: "lies where nothing can be written. Name another file.",
	ENOSPC: "does not fit on the disk. Make room, or name another file.",
	ELOOP: "is a link that leads back to itself. Name another file.",
	EPIPE: "was closed by the program that read it.",
};

/**
 * Says what is wrong with a file.
 *
 * @param what - "performance", "output" …
 * @returns null when the error is not the file system's
 */
export function fileProblem(error: unknown, what: string, path: string): string | null {
	if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
	if (!("syscall" in error) && error.code !== "EPIPE") return null;
	return `The ${what} ${printable(path)} ${problems[error.code] ?? `cannot be used: ${printable(error.message)}.`}`;
}
