import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { AppPage, Pad } from "./app-page.ts";
import { expect, test } from "./app-test.ts";

/** Fills the first pad with a long noise that sounds only while the pad is held. */
async function fillGatePad(app: AppPage): Promise<Pad> {
	await app.open("empty");
	const bytes = writeWave(noise(20 * 48_000, 23), { sampleRate: 48_000, channels: 1, coding: "s16" });
	const pad = app.pad(0);
	await app.drop([{ name: "noise.wav", type: "audio/wav", bytes }], pad.element);
	await expect(pad.surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	// No control of the page sets this launch mode.
	await app.page.evaluate(() => {
		const instrument: { pads: { set(pad: number, settings: object): void } } = Reflect.get(
			document.querySelector("looper-app") ?? {},
			"instrument",
		);
		instrument.pads.set(0, { launchMode: "gate" });
	});
	return pad;
}

test("a key holds a pad until it goes up, and its repeat does not press again", async ({ app }) => {
	const pad = await fillGatePad(app);
	const { keyboard } = app.page;
	await keyboard.down("Digit1");
	await keyboard.down("Digit1");
	await expect(pad.element).toHaveAttribute("playing");
	await keyboard.up("Digit1");
	await expect(pad.element).not.toHaveAttribute("playing");
	await pad.surface.focus();
	await keyboard.down("Space");
	await expect(pad.element).toHaveAttribute("playing");
	await keyboard.up("Space");
	await expect(pad.element).not.toHaveAttribute("playing");
});

test("a pad that a key and the mouse hold sounds until both are up", async ({ app }) => {
	const pad = await fillGatePad(app);
	const { keyboard, mouse } = app.page;
	await keyboard.down("Digit1");
	await pad.surface.hover();
	await mouse.down();
	await keyboard.up("Digit1");
	await expect(pad.element).toHaveAttribute("playing");
	await mouse.up();
	await expect(pad.element).not.toHaveAttribute("playing");
});

test("the mouse releases the pad that it pressed, wherever the button goes up", async ({ app }) => {
	const pad = await fillGatePad(app);
	const { mouse } = app.page;
	await pad.surface.hover();
	await mouse.down();
	await expect(pad.element).toHaveAttribute("playing");
	await app.pad(20).surface.hover();
	await expect(pad.element).toHaveAttribute("playing");
	await mouse.up();
	await expect(pad.element).not.toHaveAttribute("playing");
});

for (const [name, target, type] of [
	["loses the focus", "window", "blur"],
	["is hidden", "document", "visibilitychange"],
] as const) {
	test(`a held pad is released when the window ${name}`, async ({ app }) => {
		const pad = await fillGatePad(app);
		await app.page.keyboard.down("Digit1");
		await expect(pad.element).toHaveAttribute("playing");
		await app.page.evaluate(
			(event) => (event.target === "window" ? window : document).dispatchEvent(new Event(event.type)),
			{ target, type },
		);
		await expect(pad.element).not.toHaveAttribute("playing");
	});
}

test.describe("with a touch screen", () => {
	test.use({ hasTouch: true });

	test("a touch that the system cancels releases its pad", async ({ app }) => {
		const pad = await fillGatePad(app);
		const box = await pad.surface.boundingBox();
		const touch = await app.page.context().newCDPSession(app.page);
		const touchPoints = [{ x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }];
		await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
		await expect(pad.element).toHaveAttribute("playing");
		await touch.send("Input.dispatchTouchEvent", { type: "touchCancel", touchPoints: [] });
		await expect(pad.element).not.toHaveAttribute("playing");
	});
});

test("a click of assistive technology presses and releases", async ({ app }) => {
	const pad = await fillGatePad(app);
	await pad.surface.evaluate((surface: HTMLElement) => surface.click());
	await expect(pad.element).not.toHaveAttribute("playing");
});
