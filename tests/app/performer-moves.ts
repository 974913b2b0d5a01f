import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { type AppPage, type DroppedFile, switchLoopOn } from "./app-page.ts";
import { expect } from "./app-test.ts";

/** Types a value into a knob or a number. */
export async function typeInto(control: Locator, text: string): Promise<void> {
	await control.press("Enter");
	await control.page().keyboard.type(text);
	await control.page().keyboard.press("Enter");
}

/** Says that a pad is a loop of so many beats that follows the tempo. */
export async function setBeats(app: AppPage, pad: number, beats: number): Promise<void> {
	const panel = await app.openSettings(pad);
	await switchLoopOn(panel);
	await panel.getByLabel("Sync").selectOption({ label: "Repitch" });
	await typeInto(panel.getByRole("slider", { name: "Beats" }), String(beats));
	await closePanel(panel);
}

/** Closes the panel with the settings of a pad. */
export async function closePanel(panel: Locator): Promise<void> {
	await panel.getByRole("slider", { name: "Gain" }).press("Shift+Escape");
	await expect(panel).toBeHidden();
}

/** Resolves when the running take is so long. */
export async function untilRecorded(page: Page, seconds: number): Promise<void> {
	const record = page.getByRole("button", { name: /^Record/ });
	const shown = async (): Promise<number> => {
		const [, minutes, rest] = /(\d+):(\d\d)/.exec((await record.textContent()) ?? "") ?? [];
		return 60 * Number(minutes) + Number(rest);
	};
	await expect.poll(shown, { timeout: 60_000, intervals: [100] }).toBeGreaterThanOrEqual(seconds);
}

/** Exports the open set by its menu. */
export async function exportSet(page: Page): Promise<DroppedFile> {
	const downloading = page.waitForEvent("download");
	await chooseInSetMenu(page, "Export as a file");
	const download = await downloading;
	return {
		name: download.suggestedFilename(),
		type: "application/zip",
		bytes: readFileSync(await download.path()),
	};
}

/** Imports a set by its menu. */
export async function importSet(page: Page, { name, type, bytes }: DroppedFile): Promise<void> {
	const choosing = page.waitForEvent("filechooser");
	await chooseInSetMenu(page, "Import a file…");
	await (await choosing).setFiles({ name, mimeType: type, buffer: Buffer.from(bytes) });
}

async function chooseInSetMenu(page: Page, name: string): Promise<void> {
	await page.getByRole("button", { name: /^Set: / }).click();
	await page.getByRole("dialog", { name: "Sets" }).getByRole("button", { name }).click();
}

/** Removes everything that the app has stored in the browser. The page shows something else afterwards. */
export async function wipeStorage(page: Page): Promise<void> {
	await page.goto("/icon.svg");
	await page.evaluate(async () => {
		localStorage.clear();
		const root = await navigator.storage.getDirectory();
		for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
	});
}
