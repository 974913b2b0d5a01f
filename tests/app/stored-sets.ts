import { expect, type Page } from "@playwright/test";

/** Resolves when what the private file system holds contains a text. */
export async function untilStored(page: Page, text: string): Promise<void> {
	await expect
		.poll(() =>
			page.evaluate(async () => {
				const root = await navigator.storage.getDirectory();
				const folder = await root.getDirectoryHandle("flitzis-looper-sets", { create: true });
				const sets = await folder.getDirectoryHandle("sets", { create: true });
				const texts: string[] = [];
				for await (const [name, handle] of sets.entries()) {
					if (!name.endsWith(".json")) continue;
					// A file that is just being replaced cannot be read.
					if (handle instanceof FileSystemFileHandle) texts.push(await (await handle.getFile()).text().catch(() => ""));
				}
				return texts.join("\n");
			}),
		)
		.toContain(text);
}

/** How many samples the private file system holds. */
export function storedSamples(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle("flitzis-looper-sets");
		const names: string[] = [];
		for await (const name of (await folder.getDirectoryHandle("samples")).keys()) names.push(name);
		return names.length;
	});
}
