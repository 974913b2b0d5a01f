import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";

/** Longer than any system waits before it turns a long touch into a right click. */
const HELD_MS = 1200;

/** Puts a long noise on the first pad. */
async function fillFirstPad(app: AppPage): Promise<void> {
	await app.open("empty");
	const bytes = writeWave(noise(20 * 48_000, 17), { sampleRate: 48_000, channels: 1, coding: "s16" });
	await app.drop([{ name: "noise.wav", type: "audio/wav", bytes }], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
}

test.describe("with a touch screen", () => {
	test.use({ hasTouch: true });

	test("a long touch plays the pad and opens no menu", async ({ app }) => {
		await fillFirstPad(app);
		const box = await app.pad(0).surface.boundingBox();
		const touch = await app.page.context().newCDPSession(app.page);
		const touchPoints = [{ x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }];
		await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
		await expect(app.pad(0).element).toHaveAttribute("playing");
		await app.page.evaluate((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)), HELD_MS);
		await expect(app.page.getByRole("menu")).toBeHidden();
		await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
		await expect(app.page.getByRole("menu")).toBeHidden();
		await expect(app.pad(0).element).toHaveAttribute("playing");
	});

	test("in edit mode a tap shows the pad's settings and does not play, and keys still play", async ({ app }) => {
		await fillFirstPad(app);
		const edit = app.page.getByRole("button", { name: "Edit" });
		await edit.tap();
		await expect(edit).toHaveAttribute("aria-pressed", "true");
		await app.pad(0).surface.tap();
		const panel = app.page.getByRole("region", { name: "Pad 1", exact: true });
		await expect(panel).toBeVisible();
		await expect(app.pad(0).element).not.toHaveAttribute("playing");
		await panel.getByRole("button", { name: "Loop", exact: true }).tap();
		await expect(app.pad(0).surface).toHaveAccessibleName(/, loop(,|$)/);
		await panel.getByRole("button", { name: "Menu of the selected pad" }).tap();
		await expect(app.page.getByRole("menu", { name: "Pad 1" })).toBeVisible();
		await app.page.keyboard.press("Escape");
		await app.page.keyboard.press("Digit1");
		await expect(app.pad(0).element).toHaveAttribute("playing");
		await edit.tap();
		await app.pad(0).surface.tap();
		await expect(app.pad(0).element).not.toHaveAttribute("playing");
	});
});

test("a double click on a pad in edit mode opens its settings and sets nothing in them", async ({ app }) => {
	const { page } = app;
	await page.setViewportSize({ width: 1440, height: 900 });
	await fillFirstPad(app);
	const solo = (await app.openSettings(0)).getByRole("button", { name: "Solo" });
	const box = await solo.boundingBox();
	await page.keyboard.press("Shift+Escape");
	await page.getByRole("button", { name: "Edit" }).click();
	// A pad is there now; its settings come under the second click.
	await page.mouse.dblclick(box!.x + box!.width / 2, box!.y + box!.height / 2);
	const panel = page.locator("pad-panel");
	await expect(panel).toHaveAttribute("open");
	const opened = panel.getByRole("button", { name: "Solo" });
	await expect(opened).toHaveAttribute("aria-pressed", "false");
	await opened.click();
	await expect(opened).toHaveAttribute("aria-pressed", "true");
});

test("the keyboard opens a pad's menu without edit mode", async ({ app }) => {
	await fillFirstPad(app);
	await app.pad(0).surface.focus();
	await app.page.keyboard.press("Shift+F10");
	await expect(app.page.getByRole("menu", { name: "Pad 1" })).toBeVisible();
});

test("Escape in a menu closes the menu but not the sound; the next one stops the sound", async ({ app }) => {
	await fillFirstPad(app);
	await app.pad(0).strike();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await app.openMenu(0);
	await expect(app.page.getByRole("menu")).toBeVisible();
	await app.page.keyboard.press("Escape");
	await expect(app.page.getByRole("menu")).toBeHidden();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await app.page.keyboard.press("Escape");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
});
