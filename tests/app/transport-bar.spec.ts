import type { Locator } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { passBeats } from "./performed-mix.ts";

// Wide enough for all of it.
test.use({ viewport: { width: 1440, height: 900 } });

const RATE = 48_000;

/** What Chromium's trace says of layouts: those of some boxes alone are partial. */
interface Trace {
	readonly traceEvents: readonly { name: string; args: { beginData?: { partialLayout: boolean } } }[];
}

/** Puts long noises on the first two pads. */
async function fillTwoPads(app: AppPage): Promise<void> {
	await app.open("empty");
	const bytes = writeWave(noise(20 * RATE, 17), { sampleRate: RATE, channels: 1, coding: "s16" });
	const files = ["one.wav", "two.wav"].map((name) => ({ name, type: "audio/wav", bytes }));
	await app.drop(files, app.pad(0).element);
	for (const pad of [0, 1]) await expect(app.pad(pad).surface).toHaveAccessibleName(/: (one|two)$/);
}

/** Taps a button at moments in milliseconds, whatever the machine's pace. */
async function tapAt(button: Locator, moments: readonly number[]): Promise<void> {
	await button.evaluate((element, times) => {
		for (const timeStamp of times) {
			const tap = new PointerEvent("pointerdown", { bubbles: true, composed: true });
			Object.defineProperty(tap, "timeStamp", { value: timeStamp });
			element.dispatchEvent(tap);
		}
	}, moments);
}

test("the tempo is typed, stepped, turned, dragged, reset and tapped", async ({ app, page }) => {
	await app.open("empty");
	const tempo = page.getByRole("slider", { name: "Tempo" });
	await expect(tempo).toHaveAttribute("aria-valuetext", "120");
	await tempo.press("Enter");
	await page.keyboard.type("97,5");
	await page.keyboard.press("Enter");
	await expect(tempo).toHaveAttribute("aria-valuetext", "97.5");
	await expect(tempo).toBeFocused();
	await tempo.press("Enter");
	await page.keyboard.type("150");
	await page.keyboard.press("Escape");
	await expect(tempo).toHaveAttribute("aria-valuetext", "97.5");
	await tempo.press("Shift+ArrowUp");
	await expect(tempo).toHaveAttribute("aria-valuetext", "97.6");
	await tempo.press("ArrowDown");
	await expect(tempo).toHaveAttribute("aria-valuetext", "97");
	await tempo.hover();
	await page.mouse.wheel(0, -100);
	await expect(tempo).toHaveAttribute("aria-valuetext", "98");
	await page.mouse.down();
	const box = await tempo.boundingBox();
	// The first three pixels may still be a click.
	await page.mouse.move(box!.x + 10, box!.y + box!.height / 2 - 23, { steps: 4 });
	await page.mouse.up();
	await expect(tempo).toHaveAttribute("aria-valuetext", "108");
	await tempo.dblclick();
	await expect(tempo).toHaveAttribute("aria-valuetext", "120");
	await tempo.click();
	await page.keyboard.type("99");
	await page.keyboard.press("Enter");
	await expect(tempo).toHaveAttribute("aria-valuetext", "99");
	await tempo.dispatchEvent("click");
	await page.keyboard.type("1000");
	await page.keyboard.press("Enter");
	await expect(tempo).toHaveAttribute("aria-valuetext", "400");
	await expect(page.getByText("Tempo goes up to 400, so “1000” became that.")).toBeVisible();
	await tapAt(page.getByRole("button", { name: "Tap" }), [10_000, 10_600, 11_195, 11_800]);
	await expect(tempo).toHaveAttribute("aria-valuetext", "100");
});

test("the transport starts, counts bars and beats, and stops", async ({ app, page }) => {
	await app.open("empty");
	const transport = page.getByRole("button", { name: "Transport", exact: true });
	await expect(transport).toHaveAttribute("aria-pressed", "false");
	const lights = page.locator("beat-lights .light");
	await expect(lights).toHaveCount(4);
	await transport.click();
	await expect(transport).toHaveAttribute("aria-pressed", "true");
	await passBeats(page, 4);
	await expect(page.locator("beat-lights .lit")).toHaveCount(1);
	await page.getByRole("slider", { name: "Bar", exact: true }).press("ArrowDown");
	await expect(lights).toHaveCount(3);
	await transport.click();
	await expect(transport).toHaveAttribute("aria-pressed", "false");
	await expect(page.locator("beat-lights .lit")).toHaveCount(0);
	await expect(page.locator("beat-lights .place")).toHaveText("1.1");
});

test("a beat does not lay out the page", async ({ app, page, browser }) => {
	await app.open("empty");
	await page.getByRole("button", { name: "Transport", exact: true }).click();
	await passBeats(page, 4);
	await browser.startTracing(page, { categories: ["devtools.timeline"] });
	await passBeats(page, 4);
	const { traceEvents }: Trace = JSON.parse((await browser.stopTracing()).toString());
	const layouts = traceEvents.filter(({ name }) => name === "Layout").map(({ args }) => args.beginData?.partialLayout);
	expect(layouts.length).toBeGreaterThanOrEqual(4);
	expect(layouts.filter((isPartial) => isPartial === false)).toEqual([]);
});

test("in exclusive mode a pad stops the other one, else both play", async ({ app, page }) => {
	await fillTwoPads(app);
	const [one, two] = [app.pad(0), app.pad(1)];
	await one.strike();
	await two.strike();
	await expect(two.element).toHaveAttribute("playing");
	await expect(one.element).toHaveAttribute("playing");
	await page.getByRole("button", { name: "Exclusive" }).click();
	await one.strike();
	await expect(two.element).not.toHaveAttribute("playing");
	await expect(one.element).toHaveAttribute("playing");
});

test("the meter shows the master's level and the limiter's work, and the lamp remembers peaks", async ({
	app,
	page,
}) => {
	await fillTwoPads(app);
	const master = page.getByRole("slider", { name: "Master" });
	await expect(master).toHaveAttribute("aria-valuetext", "−6.0 dB");
	await master.press("End");
	await page.getByRole("button", { name: "Limiter", exact: true }).click();
	await page.getByRole("slider", { name: "Ceiling" }).press("PageDown");
	await expect(page.getByRole("button", { name: "No peak" })).toBeVisible();
	for (const pad of [0, 1]) await app.pad(pad).strike();
	const unlit = (bar: string): Promise<number> =>
		page
			.locator(`master-meter .${bar} .unlit`)
			.evaluate((element: HTMLElement) => Number(/[\d.]+/.exec(element.style.transform)?.[0] ?? 1));
	await expect.poll(() => unlit("peak")).toBeLessThan(0.25);
	await expect.poll(() => unlit("rms")).toBeLessThan(0.4);
	expect(await unlit("rms")).toBeGreaterThan(await unlit("peak"));
	await expect(page.locator("master-meter .taken")).toHaveText(/^−\d/);
	await page.getByRole("button", { name: "Limiter", exact: true }).click();
	const lamp = page.getByRole("button", { name: /^Peak .* click to reset/ });
	await expect(lamp).toBeVisible();
	await page.keyboard.press("Escape");
	await expect.poll(() => unlit("peak")).toBeGreaterThan(0.5);
	await lamp.click();
	await expect(page.getByRole("button", { name: "No peak" })).toBeVisible();
});

test("a narrow window shows the rest on demand", async ({ app, page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await app.open("empty");
	const limiter = page.getByRole("button", { name: "Limiter", exact: true });
	await expect(limiter).toBeHidden();
	const more = page.getByRole("button", { name: "More of the transport" });
	await more.click();
	await expect(more).toHaveAttribute("aria-expanded", "true");
	await limiter.click();
	await expect(limiter).toHaveAttribute("aria-pressed", "true");
	await expect(page.getByRole("slider", { name: "Master" })).toBeVisible();
	await more.click();
	await expect(limiter).toBeHidden();
});

test("choosing a quantum with the mouse leaves the keys to the pads", async ({ app, page }) => {
	await fillTwoPads(app);
	const quantum = page.getByLabel("Quantum", { exact: true });
	await quantum.click();
	await quantum.selectOption({ label: "1 bar" });
	await page.keyboard.press("Digit1");
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await page.keyboard.press("Escape");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	// A list that was left as it is keeps the focus, but no key that plays.
	await quantum.focus();
	await page.keyboard.press("Digit1");
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await page.keyboard.press("Escape");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	await expect(quantum.locator("option:checked")).toHaveText("1 bar");
});
