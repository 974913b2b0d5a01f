import { compareNames, isFolderClutter } from "./file-names.ts";

/**
 * The files of a drop, including those in folders, sorted by name.
 *
 * Call it in the drop event itself; its items become invalid afterwards.
 *
 * @throws DOMException when a folder cannot be read
 */
export async function readDroppedFiles(items: DataTransferItemList): Promise<readonly File[]> {
	const reads = Array.from(items)
		.filter((item) => item.kind === "file")
		.map((item): Promise<readonly (File | null)[]> => {
			const entry = item.webkitGetAsEntry();
			if (entry?.isDirectory) return readFolder(entry as FileSystemDirectoryEntry);
			return Promise.resolve([item.getAsFile()]);
		});
	const files = (await Promise.all(reads)).flat().filter((file) => file !== null);
	return files.toSorted((first, second) => compareNames(pathOf(first), pathOf(second)));
}

const folderPaths = new WeakMap<File, string>();

function pathOf(file: File): string {
	return folderPaths.get(file) ?? file.name;
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
	const files: File[] = [];
	for (const entry of await readEntries(folder)) {
		if (entry.isDirectory) {
			files.push(...(await readFolder(entry as FileSystemDirectoryEntry)));
			continue;
		}
		const file = await readFile(entry as FileSystemFileEntry);
		if (isFolderClutter(file.name, file.type)) continue;
		folderPaths.set(file, entry.fullPath);
		files.push(file);
	}
	return files;
}

async function readEntries(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
	const reader = folder.createReader();
	const entries: FileSystemEntry[] = [];
	// A reader returns its entries in batches, and an empty one at the end.
	while (true) {
		const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (batch.length === 0) return entries;
		entries.push(...batch);
	}
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
	return new Promise((resolve, reject) => entry.file(resolve, reject));
}
