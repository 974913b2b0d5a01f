import { isMissing, refuseCleared, removeFile, writeFile } from "./private-files.browser.ts";
import type { ReadableBlob } from "./readable-blob.ts";
import type { SetStorage, StorageSpace, StoredSet } from "./set-storage.ts";
import { lockSets } from "./sets-lock.browser.ts";

const folderName = "flitzis-looper-sets";
const setSuffix = ".json";
const readAttempts = 5;

/**
 * Opens the sets in the origin's private file system, for this page alone.
 *
 * @throws Error with a sentence about why sets cannot be kept here
 */
export async function openPrivateStorage(): Promise<SetStorage> {
	const folder = await openFolder();
	if (!("createWritable" in FileSystemFileHandle.prototype))
		throw new Error("This browser cannot write private files.");
	await lockSets();
	return new PrivateStorage(
		await folder.getDirectoryHandle("sets", { create: true }),
		await folder.getDirectoryHandle("samples", { create: true }),
	);
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
	try {
		const root = await navigator.storage.getDirectory();
		return await root.getDirectoryHandle(folderName, { create: true });
	} catch (cause) {
		throw new Error("This browser gives the page no private files.", { cause });
	}
}

/** Files of two folders: `sets`, by their id, and `samples`, by their SHA-256. */
class PrivateStorage implements SetStorage {
	readonly #sets: FileSystemDirectoryHandle;
	readonly #samples: FileSystemDirectoryHandle;

	constructor(sets: FileSystemDirectoryHandle, samples: FileSystemDirectoryHandle) {
		this.#sets = sets;
		this.#samples = samples;
	}

	readSets(): Promise<readonly StoredSet[]> {
		return this.#readSets().catch(refuseCleared);
	}

	async #readSets(): Promise<readonly StoredSet[]> {
		const sets: StoredSet[] = [];
		for await (const [name, handle] of this.#sets.entries()) {
			if (!name.endsWith(setSuffix) || !(handle instanceof FileSystemFileHandle)) continue;
			const file = await readText(handle);
			sets.push({ id: name.slice(0, -setSuffix.length), ...file });
		}
		return sets;
	}

	writeSet(id: string, text: string): Promise<void> {
		return writeFile(this.#sets, id + setSuffix, text);
	}

	removeSet(id: string): Promise<void> {
		return removeFile(this.#sets, id + setSuffix);
	}

	async readSample(sha256: string): Promise<ReadableBlob | null> {
		try {
			return await (await this.#samples.getFileHandle(sha256)).getFile();
		} catch (error) {
			if (isMissing(error)) return null;
			throw error;
		}
	}

	writeSample(sha256: string, content: ReadableBlob): Promise<void> {
		return writeFile(this.#samples, sha256, content);
	}

	async listSamples(): Promise<readonly string[]> {
		const names: string[] = [];
		for await (const name of this.#samples.keys()) names.push(name);
		return names;
	}

	removeSample(sha256: string): Promise<void> {
		return removeFile(this.#samples, sha256);
	}

	async space(): Promise<StorageSpace | null> {
		const { usage, quota } = await navigator.storage.estimate();
		return usage === undefined || quota === undefined ? null : { used: usage, quota };
	}

	async persist(): Promise<boolean> {
		return (await navigator.storage.persisted()) || (await navigator.storage.persist());
	}
}

/** Reads a file. One that is replaced meanwhile is read again. */
async function readText(handle: FileSystemFileHandle): Promise<{ text: string; changedAt: number }> {
	for (let attempt = 1; ; attempt++) {
		const file = await handle.getFile();
		try {
			return { text: await file.text(), changedAt: file.lastModified };
		} catch (error) {
			if (attempt === readAttempts) throw error;
		}
	}
}
