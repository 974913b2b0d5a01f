import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { FakeMidi } from "./fake-midi.ts";

/** Puts a long noise on the first two pads. */
async function fillPads(app: AppPage): Promise<void> {
	await app.open("empty");
	const bytes = writeWave(noise(20 * 48_000, 17), { sampleRate: 48_000, channels: 1, coding: "s16" });
	const files = ["one", "two"].map((name) => ({ name: `${name}.wav`, type: "audio/wav", bytes }));
	await app.drop(files, app.pad(0).element);
	for (const [index, name] of ["one", "two"].entries()) {
		await expect(app.pad(index).surface).toHaveAccessibleName(new RegExp(`: ${name}$`), { timeout: 30_000 });
	}
}

/** The dialog, opened. */
async function openMapping(page: Page): Promise<Locator> {
	await page.getByRole("button", { name: "Mapping" }).click();
	const dialog = page.getByRole("dialog", { name: "Keys and controllers" });
	await expect(dialog).toBeVisible();
	return dialog;
}

/** Connects MIDI and begins to learn. @returns the bar that leads through it */
async function beginToLearn(page: Page): Promise<Locator> {
	const dialog = await openMapping(page);
	const connect = dialog.getByRole("button", { name: "Connect MIDI" });
	if (await connect.isVisible()) await connect.click();
	await dialog.getByRole("button", { name: "Learn", exact: true }).click();
	const bar = page.getByRole("region", { name: "Learn a control" });
	await expect(bar).toContainText("Touch a pad, a button or a fader");
	return bar;
}

test("a knob is learned for a pad's gain, picks it up, moves it, and is kept over a reload", async ({ app, page }) => {
	const midi = new FakeMidi(page);
	await midi.inject();
	await fillPads(app);
	await midi.plug("Knobs");
	const bar = await beginToLearn(page);
	const panel = await app.openSettings(0);
	const gain = panel.getByRole("slider", { name: "Gain" });
	await gain.click();
	await expect(bar).toContainText("Move a knob or a fader for: Gain of the selected pad.");
	await midi.deliver("Knobs", [0xb0, 21, 10]);
	await expect(bar).toContainText("Controller 21, channel 1, Knobs: Gain of the selected pad.");
	await bar.getByRole("button", { name: "Done" }).click();
	await expect(bar).toBeHidden();

	await midi.deliver("Knobs", [0xb0, 21, 20]);
	await expect(gain).toHaveAttribute("aria-valuetext", "0.0 dB");
	await midi.deliver("Knobs", [0xb0, 21, 110], [0xb0, 21, 120], [0xb0, 21, 127]);
	await expect(gain).toHaveAttribute("aria-valuetext", "+6.0 dB");

	await page.reload();
	const dialog = await openMapping(page);
	await expect(dialog.getByRole("listitem").filter({ hasText: "Controller 21, channel 1, Knobs" })).toContainText(
		"Gain of the selected pad",
	);
});

test("a note is learned for a pad and plays it; while it is learned nothing plays", async ({ app, page }) => {
	const midi = new FakeMidi(page);
	await midi.inject();
	await fillPads(app);
	await midi.plug("Pads");
	const bar = await beginToLearn(page);
	await app.pad(1).surface.click();
	await expect(bar).toContainText("Press a key, a pad or a button for: Play pad 2.");
	await midi.deliver("Pads", [0x99, 36, 100]);
	await expect(bar).toContainText("Note C2 (36), channel 10, Pads: Play pad 2.");
	await expect(app.pad(1).element).not.toHaveAttribute("playing");
	await bar.getByRole("button", { name: "Done" }).click();
	await midi.deliver("Pads", [0x99, 36, 100]);
	await expect(app.pad(1).element).toHaveAttribute("playing");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
});

test("a bank, a loop's start, its beats and its quantum are learned by touch", async ({ app, page }) => {
	test.slow();
	const midi = new FakeMidi(page);
	await midi.inject();
	await fillPads(app);
	await midi.plug("Knobs");
	const panel = await app.openSettings(0);
	const [start, beats] = [
		panel.getByRole("slider", { name: "Loop start" }),
		panel.getByRole("slider", { name: "Beats" }),
	];
	const bar = await beginToLearn(page);
	const bankC = page.getByRole("button", { name: "Bank C" });
	await bankC.click();
	await expect(bar).toContainText("Press a key, a pad or a button for: Show bank C.");
	await midi.deliver("Knobs", [0x90, 40, 100]);
	await expect(bankC).toHaveAttribute("aria-pressed", "false");
	await start.dblclick();
	await expect(bar).toContainText("Move a knob or a fader for: Loop start of the selected pad.");
	await midi.deliver("Knobs", [0xb0, 21, 0]);
	// Without beats it changes nothing, but can be learned.
	await panel.getByRole("button", { name: "× 2", exact: true }).click({ force: true });
	await expect(bar).toContainText("Press a key, a pad or a button for: Twice as many beats for the selected pad.");
	await midi.deliver("Knobs", [0x90, 41, 100]);
	await panel.getByLabel("Launch on").click();
	await expect(bar).toContainText("Press a key, a pad or a button for: Next launch quantum of the selected pad.");
	await midi.deliver("Knobs", [0x90, 42, 100]);
	await bar.getByRole("button", { name: "Done" }).click();

	await beats.press("ArrowUp");
	await midi.deliver("Knobs", [0x90, 41, 100], [0x90, 41, 0], [0x90, 42, 100], [0x90, 42, 0]);
	await expect(beats).toHaveAttribute("aria-valuetext", "2");
	await expect(panel.getByLabel("Launch on")).toHaveValue("0");
	await midi.deliver("Knobs", [0xb0, 21, 1], [0xb0, 21, 30], [0xb0, 21, 64]);
	await expect(start).toHaveAttribute("aria-valuetext", "10.0000 s");
	await expect(beats).toHaveAttribute("aria-valuetext", "1");
	await page.keyboard.press("ControlOrMeta+KeyZ");
	await expect(start).toHaveAttribute("aria-valuetext", "0.0000 s");
	await expect(beats).toHaveAttribute("aria-valuetext", "2");
	await midi.deliver("Knobs", [0x90, 40, 100]);
	await expect(bankC).toHaveAttribute("aria-pressed", "true");
	await expect(app.pad(64).surface).toBeVisible();
});

test("a controller's lights show what pads do, also after it was pulled out and is back", async ({ app, page }) => {
	const midi = new FakeMidi(page);
	await midi.inject();
	await fillPads(app);
	const dialog = await openMapping(page);
	await dialog.getByRole("button", { name: "Connect MIDI" }).click();
	await expect(dialog).toContainText("No device is connected.");
	await midi.plug("Launchpad X");
	const row = dialog.getByRole("listitem").filter({ hasText: "Launchpad X" }).first();
	await expect(row).toBeVisible();
	await row.getByLabel("Lights of Launchpad X").selectOption("Lights: Launchpad Mini, Launchpad X");
	await row.getByRole("button", { name: "Map 32 pads" }).click();
	await page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();
	await expect.poll(() => midi.takeSent("Launchpad X")).toContainEqual([0x90, 81, 1]);

	await midi.deliver("Launchpad X", [0x90, 81, 127]);
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await expect.poll(() => midi.takeSent("Launchpad X")).toContainEqual([0x90, 81, 21]);
	await midi.unplug("Launchpad X");
	await midi.plug("Launchpad X");
	await expect.poll(() => midi.takeSent("Launchpad X")).toContainEqual([0x90, 81, 21]);
	await page.keyboard.press("Escape");
	await expect.poll(() => midi.takeSent("Launchpad X")).toContainEqual([0x90, 81, 1]);
});

test("a device that is pulled out lets go the pad that it holds, and is shown as not connected", async ({
	app,
	page,
}) => {
	const midi = new FakeMidi(page);
	await midi.inject();
	await page.context().grantPermissions(["midi"]);
	await fillPads(app);
	await midi.plug("Pads");
	// No control of the page sets this launch mode.
	await page.evaluate(() => {
		const instrument: { pads: { set(pad: number, settings: object): void } } = Reflect.get(
			document.querySelector("looper-app") ?? {},
			"instrument",
		);
		instrument.pads.set(0, { launchMode: "gate" });
	});
	const bar = await beginToLearn(page);
	await app.pad(0).surface.click();
	await midi.deliver("Pads", [0x90, 36, 100]);
	await expect(bar).toContainText("Note C2 (36)");
	await bar.getByRole("button", { name: "Done" }).click();
	await midi.deliver("Pads", [0x90, 36, 100]);
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await midi.unplug("Pads");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	const dialog = await openMapping(page);
	await expect(dialog.getByText("Pads (not connected)")).toBeVisible();
});

test("the transport follows one device's clock, and another device is sent the transport's", async ({ app, page }) => {
	const midi = new FakeMidi(page);
	await midi.inject();
	await app.open("empty");
	const dialog = await openMapping(page);
	await dialog.getByRole("button", { name: "Connect MIDI" }).click();
	await midi.plug("Sequencer");
	await midi.plug("Drums");
	await dialog.getByLabel("Follow its clock: Sequencer").check();
	await dialog.getByLabel("Send it clock: Drums").check();
	await midi.deliverClock("Sequencer", 97.5);
	await expect(dialog.getByText("Clock: 97.5 BPM")).toBeVisible();
	expect(await midi.takeSent("Drums")).toEqual([]);

	await midi.deliver("Sequencer", [0xfa], [0xf8]);
	const statuses: number[] = [];
	const collect = async (): Promise<readonly number[]> => {
		for (const [status] of await midi.takeSent("Drums")) statuses.push(status!);
		return statuses;
	};
	await expect.poll(async () => (await collect()).filter((status) => status === 0xf8).length).toBeGreaterThan(24);
	// Start, or a song position and continue where the first beat is over already.
	expect([0xfa, 0xf2]).toContain(statuses[0]);
	await midi.deliver("Sequencer", [0xfc]);
	await expect.poll(async () => (await collect()).at(-1)).toBe(0xfc);
	await expect(dialog.getByText("Clock: no clock is heard yet")).toBeVisible();
});

test("a browser without Web MIDI says so", async ({ app, page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, "requestMIDIAccess", { value: undefined });
	});
	await app.open("empty");
	const dialog = await openMapping(page);
	await expect(dialog.getByText(/^This browser has no Web MIDI\./)).toBeVisible();
	await expect(dialog.getByRole("button", { name: "Connect MIDI" })).toBeHidden();
});

test("a browser that refuses MIDI says so, and how to allow it", async ({ app, page }) => {
	await new FakeMidi(page).inject("NotAllowedError");
	await app.open("empty");
	const dialog = await openMapping(page);
	await dialog.getByRole("button", { name: "Connect MIDI" }).click();
	await expect(dialog.getByText(/^The browser refused MIDI\. Allow MIDI devices/)).toBeVisible();
	await expect(dialog.getByRole("button", { name: "Connect MIDI" })).toBeVisible();
});

test("a key is learned by keyboard alone, what it did before is said, and the list of keys shows it", async ({
	app,
	page,
}) => {
	await fillPads(app);
	await page.getByRole("button", { name: "Mapping" }).focus();
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Learn", exact: true }).focus();
	await page.keyboard.press("Enter");
	const bar = page.getByRole("region", { name: "Learn a control" });
	await expect(bar.getByLabel("What to bind")).toBeFocused();
	await bar.getByLabel("What to bind").selectOption("Play pad 2");
	await page.keyboard.press("q");
	await expect(bar).toContainText("Q: Play pad 2. It no longer does this: Play pad 9.");
	await page.keyboard.press("Escape");
	await expect(bar).toBeHidden();
	await page.keyboard.press("q");
	await expect(app.pad(1).element).toHaveAttribute("playing");
	await expect(app.pad(8).surface).toHaveAccessibleName(/^Pad 9, no key/);

	await page.keyboard.press("?");
	const sheet = page.getByRole("dialog", { name: "All keys" });
	await expect(sheet).toBeVisible();
	await expect(sheet.getByText(/^Escape and Stop end all pads, rolls and what waits;/)).toBeVisible();
	await expect(sheet.getByText("Play pad 2", { exact: true })).toHaveCount(2);
	await page.keyboard.press("2");
	await page.keyboard.press("?");
	await expect(sheet).toBeHidden();
	await expect(app.pad(1).element).toHaveAttribute("playing");
});

test("a mapping is exported, reset, and imported again; a damaged file is refused with its place", async ({
	app,
	page,
}) => {
	await app.open("empty");
	const dialog = await openMapping(page);
	await dialog.getByRole("button", { name: "Delete 1: Play pad 1" }).click();
	await expect(dialog.getByRole("button", { name: "Delete 1: Play pad 1" })).toBeHidden();
	const downloading = page.waitForEvent("download");
	await dialog.getByRole("button", { name: "Export" }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe("flitzis-looper-mapping.json");
	const text = await readFile(await download.path(), "utf8");

	await dialog.getByRole("button", { name: "Reset" }).click();
	await page.getByRole("button", { name: "Reset the mapping" }).click();
	await expect(dialog.getByRole("button", { name: "Delete 1: Play pad 1" })).toBeVisible();

	await importFile(page, dialog, text.replace("press place 2", "press place 99"));
	await expect(dialog.getByRole("alert")).toContainText(
		/bindings\[\d+\]\.target is "press place 99": the number of the place must be 1 to 32\./,
	);
	await expect(dialog.getByRole("button", { name: "Delete 1: Play pad 1" })).toBeVisible();
	await importFile(page, dialog, text);
	await expect(dialog.getByRole("button", { name: "Delete 1: Play pad 1" })).toBeHidden();
});

test("a mapping that was damaged in storage is told, and the keys play as usual", async ({ app, page }) => {
	await page.addInitScript(() => localStorage.setItem("flitzis-looper.mapping", `{"format":"flitzis-looper-mapping"}`));
	await fillPads(app);
	await expect(page.getByText(/The mapping that was kept is damaged, .*version is missing/)).toBeVisible();
	await page.keyboard.press("1");
	await expect(app.pad(0).element).toHaveAttribute("playing");
});

async function importFile(page: Page, dialog: Locator, text: string): Promise<void> {
	const choosing = page.waitForEvent("filechooser");
	await dialog.getByRole("button", { name: "Import…" }).click();
	const chooser = await choosing;
	await chooser.setFiles({ name: "mapping.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

test("on a phone the bar for learning, with its list, fits the window", async ({ app, page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await app.open("empty");
	await (await openMapping(page)).getByRole("button", { name: "Learn", exact: true }).click();
	const bar = page.getByRole("region", { name: "Learn a control" });
	for (const part of [bar, bar.getByLabel("What to bind")]) {
		const { x, width } = (await part.boundingBox())!;
		expect(x + width).toBeLessThanOrEqual(390);
	}
});
