/** Whether the file system says that a file, or a folder on the way to it, does not exist. */
export function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
