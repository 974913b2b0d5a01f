import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { noise } from "../loudspeaker/noise.ts";
import { AppPage, type DroppedFile } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { storedSamples, untilStored } from "./stored-sets.ts";

/** Long enough to sound on through a test's steps. */
function noiseFile(name: string, seed: number): DroppedFile {
	const bytes = writeWave(noise(10 * 48_000, seed), { sampleRate: 48_000, channels: 1, coding: "s16" });
	return { name, type: "audio/wav", bytes };
}

/** Puts noises on the first pads. */
async function fillPads(app: AppPage, ...names: readonly string[]): Promise<void> {
	for (const [index, name] of names.entries()) {
		await app.drop([noiseFile(`${name}.wav`, index + 1)], app.pad(index).element);
		await expectSound(app, index, name);
	}
}

async function expectSound(app: AppPage, index: number, name: string): Promise<void> {
	await expect(app.pad(index).surface).toHaveAccessibleName(new RegExp(`: ${name}$`), { timeout: 30_000 });
}

/** The gain of a pad, in its panel. */
async function expectGain(app: AppPage, index: number, text: string): Promise<void> {
	const panel = await app.openSettings(index);
	const gain = panel.getByRole("slider", { name: "Gain" });
	await expect(gain).toHaveAttribute("aria-valuetext", text);
	await gain.press("Shift+Escape");
	await expect(panel).toBeHidden();
}

async function setGain(app: AppPage, index: number, decibels: number): Promise<void> {
	const panel = await app.openSettings(index);
	const gain = panel.getByRole("slider", { name: "Gain" });
	await type(gain, decibels);
	await gain.press("Shift+Escape");
	await expect(panel).toBeHidden();
}

/** Types the value of a knob or a number. */
async function type(control: Locator, value: number): Promise<void> {
	await control.press("Enter");
	await control.page().keyboard.type(String(value));
	await control.page().keyboard.press("Enter");
}

/** Chooses an entry of the set menu. */
async function choose(page: Page, name: string): Promise<void> {
	await page.getByRole("button", { name: /^Set: / }).click();
	await page.getByRole("dialog", { name: "Sets" }).getByRole("button", { name }).click();
}

test("files, settings and the master's gain are back after a reload, and nothing plays", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first", "second");
	await setGain(app, 1, -12);
	await type(page.getByRole("slider", { name: "Master" }), -9);
	await app.pad(0).strike();
	await untilStored(page, '"masterGainDecibels": -9');
	await expect.poll(() => storedSamples(page)).toBe(2);
	await untilStored(page, "second.wav");
	await page.reload();
	await expectSound(app, 0, "first");
	await expectSound(app, 1, "second");
	await expectGain(app, 1, "−12.0 dB");
	await expect(page.getByRole("slider", { name: "Master" })).toHaveAttribute("aria-valuetext", "−9.0 dB");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	await app.pad(0).strike();
	await expect(app.pad(0).element).toHaveAttribute("playing");
});

test("an edit just before a reload is not lost", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first");
	await untilStored(page, "first.wav");
	await setGain(app, 0, -7);
	await page.reload();
	await expectSound(app, 0, "first");
	await expectGain(app, 0, "−7.0 dB");
});

test("the demo set is kept by its addresses", async ({ app, page }) => {
	await app.open("demo");
	await expect(app.pad(0).surface).toHaveAccessibleName(/: Kick$/, { timeout: 30_000 });
	await setGain(app, 0, -5);
	await untilStored(page, '"url": "demo/kick.wav"');
	await page.reload();
	await expect(app.pad(0).surface).toHaveAccessibleName(/: Kick$/, { timeout: 30_000 });
	await expectGain(app, 0, "−5.0 dB");
	expect(await storedSamples(page)).toBe(0);
});

test("an exported set is back after the storage was wiped and the file dropped on the page", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first", "second");
	await setGain(app, 0, -12);
	const downloading = page.waitForEvent("download");
	await choose(page, "Export as a file");
	const download = await downloading;
	expect(download.suggestedFilename()).toBe("Set 1.flitzis.zip");
	const bytes = readFileSync(await download.path());

	await page.goto("/icon.svg");
	await page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
	});
	await app.open("empty");
	await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
	await app.drop([{ name: "Set 1.flitzis.zip", type: "application/zip", bytes }], app.pad(20).element);
	await expectSound(app, 0, "first");
	await expectSound(app, 1, "second");
	await expectGain(app, 0, "−12.0 dB");
	await page.reload();
	await expectSound(app, 1, "second");
});

test("a foreign file is refused with the reason, and the pads stay", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first");
	const bytes = new TextEncoder().encode("no zip");
	await app.drop([{ name: "other.zip", type: "application/zip", bytes }], app.pad(20).element);
	await expect(page.getByText("“other.zip” was not imported. It is not a zip file")).toBeVisible();
	await expectSound(app, 0, "first");
});

test("sets are begun, renamed, duplicated, opened and deleted", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first");
	const menu = page.getByRole("button", { name: /^Set: / });
	await menu.click();
	await page.getByRole("textbox", { name: "Name of this set" }).fill("Live");
	await page.keyboard.press("Enter");
	await expect(menu).toHaveAccessibleName("Set: Live");
	await expect(menu).toBeFocused();
	await choose(page, "New set");
	await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
	await expect(menu).toHaveAccessibleName("Set: Set 1");
	await choose(page, "Live");
	await expectSound(app, 0, "first");
	await choose(page, "Duplicate");
	await expect(menu).toHaveAccessibleName("Set: Live copy");
	await expectSound(app, 0, "first");
	await choose(page, "Delete…");
	await page.getByRole("button", { name: "Delete the set" }).click();
	await expect(menu).not.toHaveAccessibleName("Set: Live copy");
	await menu.click();
	await expect(page.getByRole("list", { name: "All sets" }).getByRole("button")).toHaveText(["Live", "Set 1"]);
});

test("another set is not opened over what plays without asking", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first");
	await page.getByRole("button", { name: /^Set: / }).click();
	await page.getByRole("textbox", { name: "Name of this set" }).fill("Live");
	await page.keyboard.press("Enter");
	await choose(page, "New set");
	await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
	await fillPads(app, "second");
	await app.pad(0).strike();
	await choose(page, "Live");
	await page.getByRole("button", { name: "Cancel" }).click();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await choose(page, "Live");
	await page.getByRole("button", { name: "Open the set" }).click();
	await expectSound(app, 0, "first");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
});

test("keys typed in a set's name play no pad", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first");
	await page.getByRole("button", { name: /^Set: / }).click();
	await page.getByRole("textbox", { name: "Name of this set" }).pressSequentially("1");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	await page.keyboard.press("Escape");
	await expect(page.getByRole("dialog", { name: "Sets" })).toBeHidden();
});

test("edits are undone and redone with keys and buttons, and what sounds goes on", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first", "second");
	await setGain(app, 0, -12);
	const undo = page.getByRole("button", { name: /^Undo/ });
	const redo = page.getByRole("button", { name: /^Redo/ });
	await expect(undo).toHaveAccessibleName("Undo: Gain of pad 1");
	await undo.click();
	await expectGain(app, 0, "0.0 dB");
	await expect(redo).toHaveAccessibleName("Redo: Gain of pad 1");
	await page.keyboard.press("Shift+Control+Z");
	await expectGain(app, 0, "−12.0 dB");
	await page.keyboard.press("Control+z");
	await page.keyboard.press("Control+z");
	await expect(app.pad(1).surface).toHaveAccessibleName(/empty/);
	await app.pad(0).strike();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await page.keyboard.press("Control+z");
	await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await expect(undo).toHaveAttribute("aria-disabled", "true");
	for (let step = 0; step < 3; step++) await redo.click();
	await expectSound(app, 0, "first");
	await expectSound(app, 1, "second");
	await expectGain(app, 0, "−12.0 dB");
});

test("a second page of the app says that it keeps nothing", async ({ app, page, context }) => {
	await app.open("empty");
	await expect(page.getByRole("button", { name: "Set: Set 1" })).toBeVisible();
	const second = await context.newPage();
	await second.goto("/");
	await expect(
		second.getByRole("log").getByText("Sets are not kept. Flitzis Looper is open in another tab."),
	).toBeVisible();
});

test("a page before that closes slowly is waited for", async ({ app, page, context }) => {
	const closing = await context.newPage();
	await closing.goto("/icon.svg");
	await closing.evaluate(async () => {
		const name = "flitzis-looper-sets";
		const isWanted = async (): Promise<boolean> => {
			const { pending } = await navigator.locks.query();
			return pending?.some((request) => request.name === name) === true;
		};
		await new Promise<void>((hasLock) => {
			void navigator.locks.request(name, async () => {
				hasLock();
				while (!(await isWanted())) await new Promise((resolve) => setTimeout(resolve, 50));
				await new Promise((resolve) => setTimeout(resolve, 2_000));
			});
		});
	});
	await app.open("empty");
	await fillPads(app, "first");
	await untilStored(page, "first.wav");
});

/** The settings of the first pad, as the instrument has them. */
function firstSettings(page: Page): Promise<{ readonly cents: number; readonly semitones: number }> {
	return page.evaluate(() => Reflect.get(document.querySelector("looper-app")!, "instrument").pads.states[0].settings);
}

/** Edits the first pad again and again, for some milliseconds, and goes on. */
function editFor(page: Page, milliseconds: number): Promise<void> {
	return page.evaluate(async (length) => {
		const { pads } = Reflect.get(document.querySelector("looper-app")!, "instrument");
		let edit = 0;
		setInterval(() => {
			edit = (edit % 100) + 1;
			pads.set(0, { cents: edit, semitones: edit % 12 });
			sessionStorage.setItem("edit", String(edit));
		}, 7);
		await new Promise((resolve) => setTimeout(resolve, length));
	}, milliseconds);
}

test("whenever the page is reloaded, the last edit is back", async ({ app, page }) => {
	test.slow();
	await app.open("empty");
	await fillPads(app, "first");
	await untilStored(page, "first.wav");
	for (const milliseconds of [0, 130, 260, 700]) {
		await editFor(page, milliseconds);
		await page.reload();
		await expectSound(app, 0, "first");
		const last = await page.evaluate(() => Number(sessionStorage.getItem("edit")));
		expect(await firstSettings(page)).toMatchObject({ cents: last, semitones: last % 12 });
	}
});

test("a page whose process is killed comes back whole", async ({ app, page, context }) => {
	await app.open("empty");
	await fillPads(app, "first");
	await untilStored(page, "first.wav");
	await editFor(page, 1500);
	const crashing = page.waitForEvent("crash");
	page.goto("chrome://crash").catch(() => {});
	await crashing;
	const second = new AppPage(await context.newPage());
	await second.page.goto("/");
	await expectSound(second, 0, "first");
	const { cents, semitones } = await firstSettings(second.page);
	expect(cents).toBeGreaterThan(0);
	expect(semitones).toBe(cents % 12);
});

test("storage that is cleared while a set is open is told with what to do", async ({ app, page }) => {
	await app.open("empty");
	await fillPads(app, "first");
	await untilStored(page, "first");
	await page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
	});
	await setGain(app, 0, -12);
	const cleared = "What the browser had stored for this page was cleared; only a reloaded page can store again.";
	await expect(page.getByText(`The set is not saved: ${cleared} Export it to keep it.`)).toBeVisible();
});
