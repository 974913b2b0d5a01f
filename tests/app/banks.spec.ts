import type { Page } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import { expect, test } from "./app-test.ts";
import { noiseFile, setPad, untilBeat } from "./instrument-access.ts";

/** The places of what a performer aims at. */
function placesOf(page: Page): Promise<readonly string[]> {
	const aims = "header, bank-bar button, looper-pad, pad-panel, wave-display, roll-buttons button, .pause, status-line";
	return page.locator(aims).evaluateAll((elements) =>
		elements.map((element) => {
			const { x, y, width, height } = element.getBoundingClientRect();
			return `${element.localName} ${[x, y, width, height].map((length) => length.toFixed(1)).join(" ")}`;
		}),
	);
}

// A busy machine can starve the loudspeaker for a moment; a broken engine fails every time.
test.describe.configure({ retries: 2 });

test("switching banks does not stop the sound, and its bank's button shows that it plays", async ({
	app,
	loudspeaker,
}) => {
	test.slow();
	const { page } = app;
	const samples = noise(12 * LOUDSPEAKER_RATE, 71);
	const bytes = writeWave(samples, { sampleRate: LOUDSPEAKER_RATE, channels: 1, coding: "f32" });
	await app.open("empty");
	await app.drop([{ name: "noise.wav", type: "audio/wav", bytes }], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);

	const recording = await loudspeaker.record();
	await app.pad(0).strike();
	await expect(page.getByRole("button", { name: "Bank A, 1 playing" })).toBeVisible();
	for (const bank of ["B", "H", "C"]) {
		await page.getByRole("button", { name: `Bank ${bank}` }).click();
		await expect(page.getByRole("group", { name: `Pads of bank ${bank}` })).toBeVisible();
	}
	await expect(app.pad(64).surface).toHaveAccessibleName(/^Pad 65, .*empty/);
	await expect(app.pad(64).element).not.toHaveAttribute("playing");
	await expect(page.getByRole("button", { name: "Bank A, 1 playing" })).toHaveAttribute("aria-pressed", "false");
	await page.getByRole("button", { name: "Bank A" }).click();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await expect(app.pad(0).element).not.toHaveAttribute("playing", { timeout: 20_000 });
	await expect(page.getByRole("button", { name: "Bank A", exact: true })).toBeVisible();
	await recording.record(LOUDSPEAKER_RATE / 2);
	const [left] = await recording.stop();
	const found = align(samples, left);
	expect(found.longestGapFrames).toBe(0);
	expect(found.residualDecibels).toBeLessThan(-130);
});

test("a bank is shown by Alt with its number and by brackets, in the same 32 elements, and keys play its pads", async ({
	app,
}) => {
	const { page } = app;
	await app.open("empty");
	await page.locator("looper-pad").evaluateAll((pads) => {
		for (const pad of pads) pad.setAttribute("data-first", "");
	});
	await page.keyboard.press("Alt+Digit8");
	await app.drop([noiseFile("noise.wav", 5, 73)], app.pad(225).element);
	await expect(app.pad(225).surface).toHaveAccessibleName("Pad 226, key 2: noise");
	await expect(page.locator("looper-pad[data-first]")).toHaveCount(32);
	await expect(page.locator("looper-pad")).toHaveCount(32);

	await page.keyboard.press("Digit2");
	await expect(app.pad(225).element).toHaveAttribute("playing");
	await page.keyboard.press("BracketLeft");
	await expect(page.getByRole("button", { name: "Bank G" })).toHaveAttribute("aria-pressed", "true");
	await expect(app.pad(193).element).not.toHaveAttribute("playing");
	await page.keyboard.press("BracketRight");
	await page.keyboard.press("BracketRight");
	await expect(app.pad(225).element).toHaveAttribute("playing");
	await page.keyboard.press("Shift+Digit2");
	await expect(app.pad(225).element).not.toHaveAttribute("playing");
});

test("a pad that waits in another bank is seen on the bank's button", async ({ app }) => {
	const { page } = app;
	await app.open("empty");
	await app.drop([noiseFile("first.wav", 10, 79)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: first(, \S+ (major|minor))?$/);
	await page.keyboard.press("Alt+Digit2");
	await app.drop([noiseFile("second.wav", 2, 83)], app.pad(32).element);
	await expect(app.pad(32).surface).toHaveAccessibleName(/: second(, \S+ (major|minor))?$/);
	await setPad(page, 32, { launchQuantum: 1024 });
	await page.keyboard.press("Alt+Digit1");
	await app.pad(0).strike();
	// A press that is hardly late would start at once.
	await untilBeat(page, 0.5);
	await page.keyboard.press("Alt+Digit2");
	await app.pad(32).strike();
	await page.keyboard.press("Alt+Digit3");
	await expect(page.getByRole("button", { name: "Bank B, 1 queued" })).toContainText("1");
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await expect(page.getByRole("button", { name: "Bank B", exact: true })).toBeVisible();
});

test("files that are dropped between the pads fill the bank that was shown then", async ({ app }) => {
	const { page } = app;
	await app.open("empty");
	await page.getByRole("button", { name: "Bank D" }).click();
	const files = [noiseFile("one.wav", 1, 89), noiseFile("two.wav", 1, 97)];
	// Before they are read, another bank is shown.
	await page.evaluate(() => {
		const press = (): void => void window.dispatchEvent(new KeyboardEvent("keydown", { code: "Digit2", altKey: true }));
		window.addEventListener("drop", press, { once: true });
	});
	await app.drop(files, page.locator("header"));
	await expect(page.getByRole("button", { name: "Bank B" })).toHaveAttribute("aria-pressed", "true");
	await page.keyboard.press("Alt+Digit4");
	await expect(app.pad(96).surface).toHaveAccessibleName(/: one(, \S+ (major|minor))?$/);
	await expect(app.pad(97).surface).toHaveAccessibleName(/: two(, \S+ (major|minor))?$/);
});

for (const [width, height] of [
	[1440, 900],
	[1024, 768],
] as const) {
	test(`nothing moves when pads of two banks begin and end to sound beside the open panel, and all fits ${width} by ${height}`, async ({
		app,
	}) => {
		const { page } = app;
		await page.setViewportSize({ width, height });
		await app.open("empty");
		await app.drop([noiseFile("first.wav", 20, 101), noiseFile("waiting.wav", 2, 103)], app.pad(0).element);
		await expect(app.pad(1).surface).toHaveAccessibleName(/: waiting$/);
		await page.keyboard.press("Alt+Digit2");
		await app.drop([noiseFile("second.wav", 20, 107)], app.pad(32).element);
		await expect(app.pad(32).surface).toHaveAccessibleName(/: second(, \S+ (major|minor))?$/);
		await setPad(page, 1, { launchQuantum: 1024 });
		const panel = await app.openSettings(32);
		// In a low window the panel scrolls inside.
		await panel.getByRole("button", { name: "Pause", exact: true }).scrollIntoViewIfNeeded();
		expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height);
		const silent = await placesOf(page);
		expect(silent.length).toBeGreaterThan(50);

		await app.pad(32).strike();
		await expect(page.getByRole("button", { name: "Bank B, 1 playing" })).toBeVisible();
		expect(await placesOf(page)).toEqual(silent);
		await page.keyboard.press("Alt+Digit1");
		await app.pad(0).strike();
		await untilBeat(page, 0.5);
		await app.pad(1).strike();
		await expect(page.getByRole("button", { name: "Bank A, 1 playing, 1 queued" })).toBeVisible();
		await page.keyboard.press("Alt+Digit2");
		expect(await placesOf(page)).toEqual(silent);
		await panel.getByRole("button", { name: "Pause", exact: true }).click();
		await expect(panel.getByRole("button", { name: "Paused: resume" })).toBeVisible();
		expect(await placesOf(page)).toEqual(silent);

		await page.getByRole("button", { name: "Stop", exact: true }).click();
		await expect(page.getByRole("button", { name: "Bank A", exact: true })).toBeVisible();
		expect(await placesOf(page)).toEqual(silent);
		expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height);
	});
}

test("all banks are in sight beside the lowest grid, under which the panel is open", async ({ app, page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await app.open("empty");
	await app.openSettings(0);
	const bar = (await page.getByRole("group", { name: "Banks" }).boundingBox())!;
	const last = (await page.getByRole("button", { name: "Bank H" }).boundingBox())!;
	expect(last.y + last.height).toBeLessThanOrEqual(bar.y + bar.height + 1);
});
