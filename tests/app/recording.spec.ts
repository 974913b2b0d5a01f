import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";
import { noiseFile } from "./instrument-access.ts";
import { saveTake } from "./saved-take.ts";

test("what is played is recorded onto a pad, bar by bar", async ({ app, page }) => {
	await app.open("empty");
	await app.drop([noiseFile("one.wav", 20, 11)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: one(, \S+ (major|minor))?$/);
	await page.getByRole("button", { name: "Transport", exact: true }).click();
	await app.openMenu(1);
	await page.getByRole("menuitem", { name: "Record here…" }).click();
	const panel = page.getByRole("dialog", { name: "Record onto pad A 2, empty" });
	await expect(panel.getByLabel("Level: Silent")).toBeVisible();
	await panel.getByRole("button", { name: "Record" }).click();
	await app.pad(0).strike();
	await expect(panel.getByLabel("Level: Good")).toBeVisible();
	await expect(app.pad(1).surface).toHaveAccessibleName(/: Master \d\d\.\d\d\.\d\d, loop, follows/, {
		timeout: 15_000,
	});
	await expect(panel).toBeHidden();
	expect(await padSettings(page, 1)).toMatchObject({ loop: true, sync: "repitch", lengthBeats: 4 });
	// A bar of four beats at 120 BPM.
	await expect(app.pad(1).element).toContainText("4 beats");
});

test("keys play pads while the takes are open, names are typed, and Escape closes the list before it stops the sound", async ({
	app,
	page,
}) => {
	await app.open("empty");
	await app.drop([noiseFile("one.wav", 20, 11), noiseFile("two.wav", 20, 12)], app.pad(0).element);
	for (const pad of [0, 1]) await expect(app.pad(pad).surface).toHaveAccessibleName(/: (one|two)$/);
	await page.keyboard.press("Digit1");
	await page.getByRole("button", { name: "Keep last 60 s" }).click();
	const told = "s are kept as “Take 1”.";
	await expect(page.getByRole("log", { name: "Notices" })).toContainText(told);
	await page.getByRole("button", { name: "Takes 1" }).click();
	const dialog = page.getByRole("dialog", { name: "Takes" });
	await page.keyboard.press("Digit2");
	for (const pad of [0, 1]) await expect(app.pad(pad).element).toHaveAttribute("playing");
	await expect(page.getByText(told)).toHaveCount(1);
	const name = dialog.getByRole("textbox", { name: "Name of Take 1" });
	await name.focus();
	await page.keyboard.press("End");
	await page.keyboard.press("Digit3");
	await expect(name).toHaveValue("Take 13");
	await page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await page.keyboard.press("Escape");
	for (const pad of [0, 1]) await expect(app.pad(pad).element).not.toHaveAttribute("playing");
});

test("an input is asked for, measured, and recorded onto a pad", async ({ app, page }) => {
	await page.context().grantPermissions(["microphone"]);
	await app.open("empty");
	await app.openMenu(0);
	await page.getByRole("menuitem", { name: "Record here…" }).click();
	const panel = page.getByRole("dialog", { name: "Record onto pad A 1, empty" });
	await panel.getByRole("combobox", { name: "Source" }).selectOption("input");
	await expect(panel.getByRole("combobox", { name: "Device" })).toHaveValue(/./);
	await expect(panel.getByLabel(/^Level: (Good|Too loud)$/)).toBeVisible();
	await panel.getByRole("button", { name: "Record" }).click();
	await expect(panel.locator(".status")).toHaveText("Recording 0:01");
	await panel.getByRole("button", { name: "Stop" }).click();
	await expect(app.pad(0).surface).toHaveAccessibleName(/: Input \d\d\.\d\d\.\d\d/, { timeout: 15_000 });
});

test("a refused input is told with a remedy, and a recording that is thrown away leaves nothing", async ({
	app,
	page,
}) => {
	await page.addInitScript(() => {
		MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
	});
	await app.open("empty");
	await app.openMenu(0);
	await page.getByRole("menuitem", { name: "Record here…" }).click();
	const panel = page.getByRole("dialog", { name: "Record onto pad A 1, empty" });
	await panel.getByRole("combobox", { name: "Source" }).selectOption("input");
	await expect(panel.getByRole("alert")).toHaveText(/^The browser gives this page no input\. Allow the microphone /);
	await expect(panel.getByRole("button", { name: "Record" })).toBeDisabled();
	await panel.getByRole("combobox", { name: "Source" }).selectOption("master");
	await panel.getByRole("button", { name: "Record" }).click();
	await expect(panel.locator(".status")).toHaveText("Recording 0:00");
	await page.keyboard.press("Escape");
	await expect(panel).toBeHidden();
	await expect(page.getByRole("button", { name: "Record", exact: true })).toBeEnabled();
	await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
	expect(await filesOfTakes(page)).toEqual([]);
});

/** Names of the files in the private folder of takes. */
async function filesOfTakes(page: Page): Promise<readonly string[]> {
	return await page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle("flitzis-looper-takes", { create: true });
		const names: string[] = [];
		for await (const name of folder.keys()) names.push(name);
		return names;
	});
}

/** Settings of a pad. */
async function padSettings(page: Page, pad: number): Promise<object> {
	return await page.evaluate((number) => {
		const { instrument } = document.querySelector("looper-app") as unknown as {
			readonly instrument: { readonly pads: { readonly states: readonly { readonly settings: object }[] } };
		};
		return instrument.pads.states[number]!.settings;
	}, pad);
}

test("a take is the render of its performance to the bit, plays, is renamed, found after a reload and deleted", async ({
	app,
	page,
}) => {
	await app.open("empty");
	const files = [noiseFile("one.wav", 20, 11), noiseFile("two.wav", 2, 12)];
	await app.drop(files, app.pad(0).element);
	for (const pad of [0, 1]) await expect(app.pad(pad).surface).toHaveAccessibleName(/: (one|two)$/);
	// In mid-sound.
	await app.pad(0).strike();
	const record = page.getByRole("button", { name: /^Record/ });
	await record.click();
	await expect(record).toHaveAccessibleName("Recording 0:01");
	await app.pad(1).strike();
	await expect(record).toHaveAccessibleName("Recording 0:03");
	await page.keyboard.press("Alt+KeyR");
	await expect(record).toHaveText("Record");
	await expect(page.getByRole("button", { name: "Performance" })).toHaveAttribute("aria-pressed", "false");

	await page.getByRole("button", { name: /^Takes/ }).click();
	const dialog = page.getByRole("dialog", { name: "Takes" });
	await expect(dialog.locator(".take")).toHaveCount(1);
	const folder = mkdtempSync(join(tmpdir(), "recording-"));
	try {
		for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
		const { recorded, rendered, performanceFileName } = await saveTake(dialog, "Take 1", folder);
		expect(performanceFileName).toBe("Take 1.json");
		expect(recorded.length).toBeGreaterThan(3 * 44_100 * 8);
		expect(recorded.equals(rendered)).toBe(true);
		expect(recorded.some((byte) => byte !== 0)).toBe(true);
	} finally {
		rmSync(folder, { recursive: true });
	}

	await dialog.getByRole("button", { name: "Play Take 1" }).click();
	await expect(dialog.locator(".take .length")).toHaveText(/^0:01 \/ /);
	await dialog.getByRole("button", { name: "Stop Take 1" }).click();
	await expect(dialog.getByRole("button", { name: "Play Take 1" })).toBeVisible();

	await dialog.getByRole("textbox", { name: "Name of Take 1" }).fill("Verse");
	await page.keyboard.press("Enter");
	await expect(dialog.getByRole("button", { name: "Play Verse" })).toBeVisible();
	await page.reload();
	await page.getByRole("button", { name: "Takes 1" }).click();
	await expect(dialog.getByRole("button", { name: "Performance of Verse: save" })).toBeVisible();

	await dialog.getByRole("button", { name: "To pad A 3, empty: put Verse there" }).click();
	await expect(app.pad(2).surface).toHaveAccessibleName(/: Verse$/);
	await dialog.getByRole("button", { name: "Delete Verse" }).click();
	await page.getByRole("button", { name: "Delete the take" }).click();
	await expect(dialog.locator(".take")).toHaveCount(0);
	await page.reload();
	await page.getByRole("button", { name: "Takes", exact: true }).click();
	await expect(dialog.getByText("Nothing is recorded yet.")).toBeVisible();
});
