import { windowedSource } from "../source/byte-source.ts";
import { isEntryName } from "./entry-name.ts";
import type { EntryStatus, NewEntry, PcmStore, StoredEntry } from "./pcm-store.ts";

/** Maximum share of the origin's quota for the cache; the page may need the rest. */
const QUOTA_SHARE = 0.5;

/**
 * Entries as files of one folder in the origin private file system.
 *
 * A file can be open in only one thread of one page, so no entry is read while being written. A file left incomplete
 * by a closed page is shorter than its head declares.
 *
 * @param directory - name of the folder
 */
export function privateStore(directory: string): PcmStore {
	const openFolder = async (): Promise<FileSystemDirectoryHandle> => {
		const root = await navigator.storage.getDirectory();
		return root.getDirectoryHandle(directory, { create: true });
	};
	return {
		has: async (name) => (await unless("NotFoundError", (await openFolder()).getFileHandle(name))) !== null,
		async open(name) {
			const file = await unless("NotFoundError", (await openFolder()).getFileHandle(name));
			const access = file === null ? null : await accessTo(file);
			return access === null ? null : openEntry(access);
		},
		async create(name) {
			const folder = await openFolder();
			const access = await accessTo(await folder.getFileHandle(name, { create: true }));
			return access === null ? null : createEntry(access, () => folder.removeEntry(name));
		},
		async remove(name) {
			const removing = (await openFolder()).removeEntry(name);
			await unless("NotFoundError", unless("NoModificationAllowedError", removing));
		},
		list: async () => listEntries(await openFolder()),
		async capacityBytes() {
			const { quota } = await navigator.storage.estimate();
			return quota === undefined ? Number.POSITIVE_INFINITY : quota * QUOTA_SHARE;
		},
	};
}

/** @returns null if the file is open elsewhere. */
function accessTo(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle | null> {
	return unless("NoModificationAllowedError", file.createSyncAccessHandle());
}

function openEntry(access: FileSystemSyncAccessHandle): StoredEntry {
	return {
		bytes: windowedSource(access.getSize(), (byteOffset, target) => access.read(target, { at: byteOffset })),
		touch() {
			// Only writing updates a file's modification time here.
			const first = new Uint8Array(1);
			access.read(first, { at: 0 });
			access.write(first, { at: 0 });
		},
		close: () => access.close(),
	};
}

function createEntry(access: FileSystemSyncAccessHandle, remove: () => Promise<void>): NewEntry {
	let length = 0;
	access.truncate(0);
	return {
		append(bytes) {
			const written = access.write(bytes, { at: length });
			if (written < bytes.length)
				throw new Error("The browser's storage quota is exhausted. Free storage or lower the cache limit.");
			length += written;
		},
		finish() {
			access.close();
			return Promise.resolve();
		},
		discard() {
			access.close();
			return remove();
		},
	};
}

async function listEntries(folder: FileSystemDirectoryHandle): Promise<EntryStatus[]> {
	const entries: EntryStatus[] = [];
	for await (const [name, handle] of folder.entries()) {
		if (!isEntryName(name) || !(handle instanceof FileSystemFileHandle)) continue;
		const file = await handle.getFile().catch(() => null);
		if (file !== null) entries.push({ name, bytes: file.size, usedAt: file.lastModified });
	}
	return entries;
}

/** @returns null for the one expected failure. */
async function unless<T>(failure: string, attempt: Promise<T>): Promise<T | null> {
	try {
		return await attempt;
	} catch (error) {
		if (error instanceof DOMException && error.name === failure) return null;
		throw error;
	}
}
