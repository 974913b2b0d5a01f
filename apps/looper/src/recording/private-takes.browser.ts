import { TAKE_FOLDER } from "flitzis-looper";
import { removeFile, writeFile } from "../sets/private-files.browser.ts";
import type { TakeFileEntry, TakeStorage } from "./take-storage.ts";

/** The folder of takes in the origin's private file system; empty where the browser grants none. */
export const privateTakes: TakeStorage = {
	async list() {
		const folder = await openFolder().catch(() => null);
		const entries: TakeFileEntry[] = [];
		for await (const [name, handle] of folder?.entries() ?? []) {
			if (!(handle instanceof FileSystemFileHandle)) continue;
			const file = await handle.getFile().catch(() => null);
			if (file !== null) entries.push({ name, bytes: file.size, changedAt: file.lastModified });
		}
		return entries;
	},
	async read(name) {
		return await (await (await openFolder()).getFileHandle(name)).getFile();
	},
	async readText(name) {
		return await (await (await (await openFolder()).getFileHandle(name)).getFile()).text();
	},
	async write(name, text) {
		if (!("createWritable" in FileSystemFileHandle.prototype))
			throw new Error("This browser cannot write private files.");
		await writeFile(await openFolder(), name, text);
	},
	async remove(name) {
		await removeFile(await openFolder(), name);
	},
	async isInUse(name) {
		const handle = await (await openFolder()).getFileHandle(name);
		if (!("createWritable" in handle)) return false;
		try {
			await (await handle.createWritable()).abort();
			return false;
		} catch {
			// What another page records is locked.
			return true;
		}
	},
	async space() {
		const { usage, quota } = await navigator.storage.estimate();
		return usage === undefined || quota === undefined ? null : { used: usage, quota };
	},
};

async function openFolder(): Promise<FileSystemDirectoryHandle> {
	const root = await navigator.storage.getDirectory();
	return root.getDirectoryHandle(TAKE_FOLDER, { create: true });
}
