// The pictures of the README: the demo set playing with a pad's panel, and its pads moving in step.
import { join } from "node:path";
import { recordPage } from "./screencast.mjs";
import { untilDemoIsLoaded } from "./until-demo-is-loaded.mjs";

/** @typedef {import("@playwright/test").Page} Page */

/** Break, shaker, deep bass and bells. */
const FIRST_SCENE = [20, 21, 22, 23];
/** The same parts of the second scene, made at another tempo. */
const SECOND_SCENE = [24, 25];
const PICTURE = { width: 1440, height: 900 };
const ANIMATION = { width: 1200, height: 750 };
const ANIMATION_MILLISECONDS = 5000;

/**
 * Makes the README's pictures anew.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address - of the app
 * @param {string} folder
 * @returns {Promise<string[]>} paths of the pictures
 */
export async function takeReadmePictures(browser, address, folder) {
	const picture = join(folder, "looper.png");
	const animation = join(folder, "looper.webp");
	const page = await browser.newPage({ viewport: PICTURE });
	await page.addInitScript(() => localStorage.setItem("flitzis-looper.start", "demo"));
	await page.goto(address);
	await untilDemoIsLoaded(page);
	await play(page, FIRST_SCENE);

	await page.setViewportSize(ANIMATION);
	await recordPage(page, animation, async () => {
		const end = page.waitForTimeout(ANIMATION_MILLISECONDS);
		for (const pad of SECOND_SCENE) await strike(page, pad);
		for (const key of ["Digit1", "Digit3", "Digit1", "KeyY"]) {
			await page.keyboard.press(key);
			await page.waitForTimeout(500);
		}
		await end;
	});

	await page.setViewportSize(PICTURE);
	await page.locator(`looper-pad[index="${SECOND_SCENE[0]}"] .menu`).click();
	await page.getByRole("menuitem", { name: "Settings…" }).click();
	const note = page.locator("pad-panel wave-display .note");
	await note.filter({ hasNotText: /\S/ }).waitFor({ state: "attached" });
	await page.mouse.move(0, 0);
	await page.waitForTimeout(1500);
	await page.screenshot({ path: picture });
	await page.close();
	return [picture, animation];
}

/** Plays loops, and waits until they sound. @param {Page} page @param {readonly number[]} pads */
async function play(page, pads) {
	for (const pad of pads) await strike(page, pad);
	for (const pad of pads) await page.locator(`looper-pad[index="${pad}"][playing]`).waitFor();
}

/** @param {Page} page @param {number} pad */
async function strike(page, pad) {
	await page.locator(`looper-pad[index="${pad}"] .surface`).click();
}
