import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";

/** Velocity at the centre of a pad, times the master gain of -6 dB. */
const CENTER_GAIN = 0.6 * 10 ** (-6 / 20);

/** Puts a sound on the first pad. */
async function fillFirstPad(app: AppPage, samples: Float32Array): Promise<void> {
	const bytes = writeWave(samples, { sampleRate: LOUDSPEAKER_RATE, channels: 1, coding: "f32" });
	await app.drop([{ name: "noise.wav", type: "audio/wav", bytes }], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
}

test("a pad's gain is stepped, typed and reset with the keyboard, and stays while the panel is closed", async ({
	app,
}) => {
	const { page } = app;
	await app.open("empty");
	await fillFirstPad(app, noise(LOUDSPEAKER_RATE, 31));
	const panel = await app.openSettings(0);
	const gain = panel.getByRole("slider", { name: "Gain" });
	await expect(gain).toHaveAttribute("aria-valuetext", "0.0 dB");
	for (let press = 0; press < 3; press++) await gain.press("ArrowDown");
	await expect(gain).toHaveAttribute("aria-valuetext", "−1.5 dB");
	await gain.press("Shift+ArrowUp");
	await expect(gain).toHaveAttribute("aria-valuetext", "−1.4 dB");
	await gain.press("End");
	await expect(gain).toHaveAttribute("aria-valuetext", "+6.0 dB");
	await gain.press("Enter");
	await page.keyboard.type("-12.3");
	await page.keyboard.press("Enter");
	await expect(gain).toHaveAttribute("aria-valuetext", "−12.3 dB");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	await gain.press("Shift+Escape");
	await expect(panel).toBeHidden();
	await expect(app.pad(0).surface).toBeFocused();

	await app.openSettings(0);
	await expect(gain).toHaveAttribute("aria-valuetext", "−12.3 dB");
	await gain.press("Backspace");
	await expect(gain).toHaveAttribute("aria-valuetext", "0.0 dB");
});

test("a pad's gain is dragged, finely with Shift, turned with the wheel, and reset by a double click", async ({
	app,
}) => {
	const { page } = app;
	await app.open("empty");
	await fillFirstPad(app, noise(LOUDSPEAKER_RATE, 37));
	const panel = await app.openSettings(0);
	const gain = panel.getByRole("slider", { name: "Gain" });
	await gain.hover();
	const box = await gain.boundingBox();
	const [x, y] = [box!.x + box!.width / 2, box!.y + box!.height / 2];
	await page.mouse.down();
	// 160 pixels are 66 dB.
	await page.mouse.move(x, y + 32, { steps: 4 });
	await expect(gain).toHaveAttribute("aria-valuetext", "−13.2 dB");
	await page.keyboard.down("Shift");
	await page.mouse.move(x, y + 64, { steps: 4 });
	await page.keyboard.up("Shift");
	await page.mouse.up();
	await expect(gain).toHaveAttribute("aria-valuetext", "−14.5 dB");
	await gain.hover();
	await page.mouse.wheel(0, -100);
	await expect(gain).toHaveAttribute("aria-valuetext", "−14.0 dB");
	await gain.dblclick();
	await expect(gain).toHaveAttribute("aria-valuetext", "0.0 dB");
	await panel.locator("parameter-knob[label=Gain] button.value").click();
	await page.keyboard.type("-9");
	await panel.getByRole("slider", { name: "Pan" }).click();
	await expect(gain).toHaveAttribute("aria-valuetext", "−9.0 dB");
});

test("a pad is panned and muted in its panel, and all is reset when it is emptied", async ({ app }) => {
	const { page } = app;
	await app.open("empty");
	await fillFirstPad(app, noise(LOUDSPEAKER_RATE, 43));
	const panel = await app.openSettings(0);
	const pan = panel.getByRole("slider", { name: "Pan" });
	await expect(pan).toHaveAttribute("aria-valuetext", "Middle");
	await pan.press("ArrowLeft");
	await expect(pan).toHaveAttribute("aria-valuetext", "5 % left");
	await pan.press("Home");
	await expect(pan).toHaveAttribute("aria-valuetext", "100 % left");
	const mute = panel.getByRole("button", { name: "Mute", exact: true });
	await expect(mute).toHaveAttribute("aria-pressed", "false");
	await mute.click();
	await expect(mute).toHaveAttribute("aria-pressed", "true");
	await panel.getByRole("button", { name: "Menu of the selected pad" }).click();
	await page.getByRole("menuitem", { name: "Empty" }).click();
	await expect(app.pad(0).surface).toHaveAccessibleName(/: empty/);
	await expect(pan).toHaveAttribute("aria-valuetext", "Middle");
	await expect(mute).toHaveAttribute("aria-pressed", "false");
});

test.describe("through the loudspeaker", () => {
	// A busy machine can starve the loudspeaker for a moment; a broken engine fails every time.
	test.describe.configure({ retries: 2 });

	test("a pad is heard with its gain", async ({ app, loudspeaker }) => {
		const samples = noise(2 * LOUDSPEAKER_RATE, 41);
		await app.open("empty");
		await fillFirstPad(app, samples);
		const gain = (await app.openSettings(0)).getByRole("slider", { name: "Gain" });
		await gain.press("Enter");
		await app.page.keyboard.type("-12");
		await app.page.keyboard.press("Enter");
		const recording = await loudspeaker.record();
		await app.pad(0).strike();
		await recording.record(samples.length + LOUDSPEAKER_RATE);
		const [left] = await recording.stop();
		const found = align(samples, left);
		expect(found.longestGapFrames).toBe(0);
		expect(found.gain).toBeCloseTo(CENTER_GAIN * 10 ** (-12 / 20), 3);
		expect(found.residualDecibels).toBeLessThan(-120);
	});
});
