import { memoryTakes } from "./memory-takes.ts";
import type { TakeFile, TakeStore } from "./take-file.ts";
import { TAKE_FOLDER } from "./take-folder.ts";

/** Takes as files of the origin's private file system; in memory where the browser has none, or grants none. */
export const privateTakes: TakeStore = {
	async create(path) {
		const file = path === null ? await privateTake().catch(() => null) : null;
		return file ?? memoryTakes.create(path);
	},
};

async function privateTake(): Promise<TakeFile> {
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle(TAKE_FOLDER, { create: true });
	const name = `${crypto.randomUUID()}.wav`;
	const access = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
	return {
		write(bytes, byteOffset) {
			if (access.write(bytes, { at: byteOffset }) < bytes.length)
				throw new Error("The browser's storage quota is exhausted. Free storage, or record less.");
		},
		finish(byteLength) {
			access.truncate(byteLength);
			access.flush();
			access.close();
			return { kind: "private", name };
		},
		async discard() {
			access.close();
			await folder.removeEntry(name);
		},
	};
}
