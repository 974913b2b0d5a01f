import type { Page } from "@playwright/test";

/** Drags a folder of the disk onto the page, as from the desktop, and drops it at a place. */
export async function dropFolder(
	page: Page,
	path: string,
	place: { readonly x: number; readonly y: number },
): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const data = { items: [], files: [path], dragOperationsMask: 1 };
	for (const type of ["dragEnter", "dragOver", "drop"] as const) {
		await session.send("Input.dispatchDragEvent", { type, ...place, data });
	}
	await session.detach();
}
