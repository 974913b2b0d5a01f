// The pictures of the README: the demo set playing with a pad's panel, and its pads moving in step.
import { join } from "node:path";
import { recordPage } from "./screencast.mjs";
import { untilDemoIsLoaded } from "./until-demo-is-loaded.mjs";

/** @typedef {import("@playwright/test").Page} Page */

/** Break, shaker, deep bass and bells. */
const FIRST_SCENE = [20, 21, 22, 23];
/** What is pressed while the animation is recorded, by the beat: the second scene, made at another tempo, and drums. */
const PRESSES = [
	[0, 0],
	[0.5, 24],
	[1, 25],
	[2, 2],
	[4, 0],
	[5, 26],
	[6, 2],
	[7, 13],
];
const ANIMATED_BEATS = 11;
const PICTURE = { width: 1440, height: 900 };
const ANIMATION = { width: 1024, height: 720 };
/** The status line tells of the machine that records. */
const STATUS_LINE_PIXELS = 40;

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
	const page = await browser.newPage({ viewport: ANIMATION });
	await page.addInitScript(() => localStorage.setItem("flitzis-looper.start", "demo"));
	await page.goto(address);
	await untilDemoIsLoaded(page);
	for (const pad of FIRST_SCENE) await page.locator(`looper-pad[index="${pad}"] .surface`).click();
	for (const pad of FIRST_SCENE) await page.locator(`looper-pad[index="${pad}"][playing]`).waitFor();
	await page.mouse.move(0, 0);
	await recordPage(page, { path: animation, cutOffPixels: STATUS_LINE_PIXELS }, () =>
		page.evaluate(playAlong, { presses: PRESSES, beats: ANIMATED_BEATS }),
	);

	await page.setViewportSize(PICTURE);
	await page.locator('looper-pad[index="24"] .menu').click();
	await page.getByRole("menuitem", { name: "Settings…" }).click();
	await page.locator("pad-panel wave-display canvas").waitFor();
	await page.mouse.move(0, 0);
	await page.waitForTimeout(1500);
	await page.screenshot({ path: picture });
	await page.close();
	return [picture, animation];
}

/**
 * Presses pads on their beats, from the next bar on. Runs in the page.
 *
 * @param {{ presses: readonly (readonly number[])[], beats: number }} score - of the presses the beat and the pad; resolves after so many beats
 */
async function playAlong({ presses: score, beats }) {
	/** @type {import("./pad-states.mjs").PageInstrument} */
	const { presses, poller } = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
	const waiting = [...score];
	/** @type {number | null} */
	let first = null;
	await new Promise((resolve) => {
		const end = poller.readings.add(({ activity: { beat } }) => {
			first ??= 4 * Math.ceil(beat / 4);
			for (let next = waiting[0]; next !== undefined && beat - first >= (next[0] ?? 0); next = waiting[0]) {
				presses.perform({ type: "press", pad: next[1], velocity: 0.8, holder: "pictures" });
				presses.perform({ type: "release", holder: "pictures" });
				waiting.shift();
			}
			if (beat - first < beats) return;
			end();
			resolve(null);
		});
	});
}
