/** Replaces a file at once when all is written, so that no half of it is ever seen. */
export async function writeFile(
	folder: FileSystemDirectoryHandle,
	name: string,
	content: string | Blob,
): Promise<void> {
	const file = await folder.getFileHandle(name, { create: true }).catch(refuseCleared);
	const writable = await file.createWritable();
	try {
		await writable.write(content);
		await writable.close();
	} catch (error) {
		await writable.abort().catch(() => {});
		if ((await file.getFile()).size === 0) await removeFile(folder, name);
		throw error;
	}
}

/** Removes a file; one that is not there is no error. */
export async function removeFile(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
	try {
		await folder.removeEntry(name);
	} catch (error) {
		if (!isMissing(error)) throw error;
	}
}

/** Throws the error of a folder that is there no more in words. */
export function refuseCleared(error: unknown): never {
	if (!isMissing(error)) throw error;
	const text = "What the browser had stored for this page was cleared; only a reloaded page can store again.";
	throw new Error(text, { cause: error });
}

/** Whether an error says that a file is not there. */
export function isMissing(error: unknown): boolean {
	return error instanceof DOMException && error.name === "NotFoundError";
}
