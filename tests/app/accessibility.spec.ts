import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";
import { FakeMidi } from "./fake-midi.ts";
import { noiseFile, setPad, untilBeat } from "./instrument-access.ts";

type AppPart =
	| "learn-bar"
	| "mapping-dialog"
	| "pad-grid"
	| "pad-panel"
	| "record-controls"
	| "set-menu"
	| "shortcut-sheet";

/** What axe finds on the page, one line per element. @param part - an element of the app, to look at alone */
async function findingsOn(page: Page, part?: AppPart): Promise<readonly string[]> {
	const axe = new AxeBuilder({ page });
	if (part !== undefined) axe.include({ fromShadowDom: ["looper-app", part] });
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
	);
}

// Each look of axe takes many seconds on a busy machine.
test.slow();

test("axe finds nothing on an empty instrument, its bank and its menu", async ({ app, page }) => {
	await app.open("empty");
	await expect(app.pad(31).surface).toBeVisible();
	expect(await findingsOn(page)).toEqual([]);
	await page.keyboard.press("Alt+Digit4");
	await app.pad(96).surface.focus();
	await page.keyboard.press("Shift+F10");
	await expect(page.getByRole("menu")).toBeVisible();
	expect(await findingsOn(page)).toEqual([]);
});

test("axe finds nothing on pads that play, wait, loop, are muted or failed", async ({ app, page }) => {
	await app.open("empty");
	const files = ["clock", "queued", "muted", "choking", "choked"].map((name, index) =>
		noiseFile(`${index} ${name}.wav`, 20, 200 + index),
	);
	await app.drop(files, app.pad(0).element);
	for (let pad = 0; pad < files.length; pad++) await expect(app.pad(pad).surface).toHaveAccessibleName(/: \d \w+$/);
	await app.drop(
		[{ name: "words.wav", type: "audio/wav", bytes: new TextEncoder().encode("These are words, not sounds.") }],
		app.pad(8).element,
	);
	await expect(app.pad(8).reason).not.toBeEmpty();
	await setPad(page, 0, { loop: true, launchMode: "toggle", sync: "repitch", lengthBeats: 512 });
	await setPad(page, 1, { launchQuantum: 1024 });
	await setPad(page, 2, { isMuted: true });
	for (const pad of [3, 4]) await setPad(page, pad, { chokeGroup: 1 });
	await app.pad(0).strike();
	await untilBeat(page, 0.5);
	for (const pad of [1, 2, 4, 3]) await app.pad(pad).strike();
	await expect(app.pad(1).element).toHaveAttribute("sign", "queued");
	// Not while a colour moves to its new value.
	await page.emulateMedia({ reducedMotion: "reduce" });
	expect(await findingsOn(page)).toEqual([]);
});

test("axe finds nothing on the demo set in edit mode with a pad's panel and its menu", async ({ app, page }) => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	await app.open("demo");
	for (let pad = 0; pad < 32; pad++) {
		await app.pad(pad).untilLoaded();
	}
	await page.getByRole("button", { name: "Edit" }).click();
	await app.pad(5).surface.click();
	const panel = page.getByRole("region", { name: "Pad 6", exact: true });
	await expect(panel.locator("wave-display .note")).toHaveText("");
	expect(await findingsOn(page)).toEqual([]);
	await panel.getByRole("button", { name: "Menu of the selected pad" }).click();
	await expect(page.getByRole("menu")).toBeVisible();
	expect(await findingsOn(page)).toEqual([]);
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole("button", { name: "More of the transport" }).click();
	expect(await findingsOn(page)).toEqual([]);
});

test("axe finds nothing on a question, on the dropouts and on notices", async ({ app, page }) => {
	await app.open("empty");
	await app.drop([], app.pad(0).element);
	await app.drop([noiseFile("noise.wav", 1, 9)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	await page.getByRole("button", { name: "Clear" }).click();
	await expect(page.getByRole("dialog")).toBeVisible();
	expect(await findingsOn(page)).toEqual([]);
	await page.getByRole("button", { name: "Cancel" }).click();
	await page.locator("dropout-figure .figure").click();
	await expect(page.getByRole("dialog", { name: "Dropouts" })).toBeVisible();
	expect(await findingsOn(page)).toEqual([]);
});

test("axe finds nothing on the mapping's dialog, while something is learned, and on the list of keys", async ({
	app,
	page,
}) => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	const midi = new FakeMidi(page);
	await midi.inject();
	await app.open("empty");
	await midi.plug("Launchpad X");
	await page.getByRole("button", { name: "Mapping" }).click();
	const dialog = page.getByRole("dialog", { name: "Keys and controllers" });
	await dialog.getByRole("button", { name: "Connect MIDI" }).click();
	await expect(dialog.getByLabel("Lights of Launchpad X")).toBeVisible();
	expect(await findingsOn(page, "mapping-dialog")).toEqual([]);
	await dialog.getByRole("button", { name: "Learn", exact: true }).click();
	const bar = page.getByRole("region", { name: "Learn a control" });
	await expect(bar.getByLabel("What to bind")).toBeVisible();
	expect(await findingsOn(page, "learn-bar")).toEqual([]);
	await page.getByRole("slider", { name: "Tempo" }).click();
	await page.keyboard.press("q");
	await expect(bar).toContainText("A key cannot set a value. Move a knob or a fader.");
	expect(await findingsOn(page, "learn-bar")).toEqual([]);
	await bar.getByRole("button", { name: "Done" }).click();
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog", { name: "All keys" })).toBeVisible();
	expect(await findingsOn(page, "shortcut-sheet")).toEqual([]);
});

test("axe finds nothing while a take is recorded, on the list of takes, and on the sets", async ({ app, page }) => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	await app.open("empty");
	const record = page.getByRole("button", { name: /^Record/ });
	await record.click();
	await expect(record).toHaveAccessibleName("Recording 0:01");
	expect(await findingsOn(page, "record-controls")).toEqual([]);
	await record.click();
	await page.getByRole("button", { name: "Takes 1" }).click();
	const takes = page.getByRole("dialog", { name: "Takes" });
	await expect(takes.locator(".take")).toHaveCount(1);
	expect(await findingsOn(page, "record-controls")).toEqual([]);
	await page.setViewportSize({ width: 390, height: 844 });
	expect(await findingsOn(page, "record-controls")).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: /^Set:/ }).click();
	await expect(page.getByRole("textbox", { name: /name/i })).toBeVisible();
	expect(await findingsOn(page, "set-menu")).toEqual([]);
});

test("axe finds nothing on what records onto a pad, before and meanwhile", async ({ app, page }) => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	await app.open("empty");
	await app.openMenu(0);
	await page.getByRole("menuitem", { name: "Record here…" }).click();
	const recorder = page.getByRole("dialog", { name: "Record onto pad A 1, empty" });
	await expect(recorder.getByLabel("Level: Silent")).toBeVisible();
	expect(await findingsOn(page, "record-controls")).toEqual([]);
	await recorder.getByRole("button", { name: "Record" }).click();
	await expect(recorder.getByRole("button", { name: "Stop" })).toBeVisible();
	expect(await findingsOn(page, "record-controls")).toEqual([]);
});

test("axe finds nothing on the demo set while its loops play, one of them in the panel", async ({ app, page }) => {
	await page.emulateMedia({ reducedMotion: "reduce" });
	await app.open("demo");
	const loops = [20, 21, 22, 23];
	for (const pad of loops) {
		await app.pad(pad).untilLoaded();
		await app.pad(pad).strike();
	}
	const panel = await app.openSettings(20);
	await panel.getByRole("slider", { name: "Loop start" }).press("PageUp");
	for (const pad of loops) await expect(app.pad(pad).element).toHaveAttribute("playing", { timeout: 15_000 });
	await expect(panel.locator("wave-display .note")).toHaveText("");
	expect(await findingsOn(page, "pad-grid")).toEqual([]);
	await panel.getByRole("button", { name: "Pause" }).click();
	await expect(panel.getByRole("button", { name: "Paused: resume" })).toBeVisible();
	expect(await findingsOn(page, "pad-panel")).toEqual([]);
});

test("axe finds nothing on the page that says why the instrument cannot start", async ({ app, page }) => {
	await page.addInitScript(() => Reflect.deleteProperty(window, "AudioWorkletNode"));
	await app.open("empty");
	await expect(page.getByRole("heading")).toBeVisible();
	expect(await findingsOn(page)).toEqual([]);
});

test("letters of twice the size fit, and every pad can be reached", async ({ app, page }) => {
	await app.open("empty");
	await page.evaluate(() => {
		document.documentElement.style.fontSize = "32px";
	});
	for (const [width, height] of [
		[1440, 900],
		[390, 844],
	] as const) {
		await page.setViewportSize({ width, height });
		const cutOff = await page.locator("looper-pad").evaluateAll(
			(pads) =>
				pads.filter((pad) => {
					const { left, right, width: room, height: tall } = pad.getBoundingClientRect();
					// The key has a line above the name.
					return left < 0 || right > innerWidth || room < 44 || tall < 112;
				}).length,
		);
		expect(cutOff).toBe(0);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(overflow).toBe(0);
		const cutNames = await page
			.locator("transport-bar :is(label, .label)")
			.evaluateAll((names) =>
				names.filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.textContent),
			);
		expect(cutNames).toEqual([]);
	}
});

test("on a phone, letters of twice the size stay within their buttons, fields and lines", async ({ app, page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await app.open("empty");
	await page.evaluate(() => {
		document.documentElement.style.fontSize = "32px";
	});
	/** The texts that are wider or higher than what holds them. */
	const overfull = (selector: string): Promise<(string | null)[]> =>
		page
			.locator(selector)
			.evaluateAll((parts) =>
				parts
					.filter((part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight)
					.map((part) => part.textContent),
			);
	expect(await overfull("header .tools > .control")).toEqual([]);
	await page.getByRole("button", { name: /^Set: / }).click();
	expect(await overfull("set-menu .sheet")).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Mapping" }).click();
	await expect(page.getByRole("dialog", { name: "Keys and controllers" })).toBeVisible();
	expect(await overfull("mapping-dialog .check")).toEqual([]);
	await page.keyboard.press("Escape");
	await page.keyboard.press("Shift+Slash");
	await expect(page.getByRole("dialog", { name: "All keys" })).toBeVisible();
	expect(await overfull("shortcut-sheet dd")).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Edit" }).click();
	await app.pad(11).surface.click();
	await expect(page.getByRole("region", { name: "Pad 12", exact: true })).toBeVisible();
	expect(await overfull("pad-panel .number")).toEqual([]);
});

test("whatever is pressed is large enough for a finger", async ({ app, page }) => {
	await app.open("empty");
	const small = await page.evaluate(() => {
		const buttons = (root: ParentNode): Element[] =>
			[...root.querySelectorAll("*")].flatMap((element) => [
				...(element.matches("button") ? [element] : []),
				...(element.shadowRoot === null ? [] : buttons(element.shadowRoot)),
			]);
		return buttons(document)
			.map((button) => ({ button, box: button.getBoundingClientRect() }))
			.filter(({ box }) => box.width > 0 && (box.width < 32 || box.height < 32))
			.map(({ button, box }) => `${button.className} ${button.ariaLabel} ${box.width}x${box.height}`);
	});
	expect(small).toEqual([]);
});

test("on a small phone and on a page that is magnified four times, nothing covers the pads", async ({ app, page }) => {
	await app.open("demo");
	await app.pad(20).untilLoaded();
	const stop = page.getByRole("button", { name: "Stop", exact: true });
	await page.setViewportSize({ width: 320, height: 568 });
	await page.mouse.wheel(0, 2_000);
	await expect(page.getByRole("button", { name: "Transport", exact: true })).not.toBeInViewport();
	await expect(stop).toBeInViewport();
	await page.setViewportSize({ width: 320, height: 256 });
	await app.pad(20).surface.click();
	await expect(app.pad(20).element).toHaveAttribute("playing");
	await expect(stop).not.toBeInViewport();
	await stop.click();
	await expect(app.pad(20).element).not.toHaveAttribute("playing");
});
