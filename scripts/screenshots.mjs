// Takes pictures of the built instrument in all of its states, in three sizes, into .build/screenshots/, and on request those of
// the README into docs/images/.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { programPath } from "./ensure-programs.mjs";
import { padStates, showPadStates } from "./screenshots/pad-states.mjs";
import { takeReadmePictures } from "./screenshots/readme-pictures.mjs";
import { serveStalling } from "./screenshots/stalling-server.mjs";
import { untilDemoIsLoaded } from "./screenshots/until-demo-is-loaded.mjs";
import { serveApp } from "./serve-app.mjs";

/** @typedef {import("@playwright/test").Page} Page */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, ".build/screenshots");
const README_FOLDER = join(ROOT, "docs/images");
const SIZES = [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 768 },
	{ width: 390, height: 844 },
];

/**
 * What is pictured, by name; each begins with an instrument that has just been opened.
 *
 * @type {Record<string, { start: "demo" | "empty", show: (page: Page, stalling: string) => Promise<void> }>}
 */
const VIEWS = {
	empty: { start: "empty", show: async () => {} },
	demo: { start: "demo", show: untilDemoIsLoaded },
	states: {
		start: "empty",
		show: (page, stalling) => page.evaluate(showPadStates, { ...padStates, stalling }),
	},
	editing: {
		start: "demo",
		show: async (page) => {
			await untilDemoIsLoaded(page);
			await page.getByRole("button", { name: "Edit" }).click();
			for (const pad of [9, 10, 12]) {
				await page.locator(`looper-pad[index="${pad}"] .surface`).click({ modifiers: ["Control"] });
			}
			await page.locator('looper-pad[index="9"] .surface').click();
		},
	},
	"large-letters": {
		start: "empty",
		show: async (page, stalling) => {
			await page.evaluate(() => {
				document.documentElement.style.fontSize = "32px";
			});
			await page.evaluate(showPadStates, { ...padStates, stalling });
		},
	},
};

/** @param {string[]} names - views to picture, `readme` among them; all but that by default */
async function takePictures(names) {
	mkdirSync(FOLDER, { recursive: true });
	const app = await serveApp(ROOT);
	const stalling = await serveStalling(readFileSync(join(ROOT, "apps/looper/dist/demo/chord-loop.wav")));
	const browser = await chromium.launch({
		executablePath: programPath("chromium"),
		args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
	});
	try {
		for (const [name, { start, show }] of Object.entries(VIEWS)) {
			if (names.length > 0 && !names.includes(name)) continue;
			for (const viewport of SIZES) {
				const context = await browser.newContext({ viewport, hasTouch: viewport.width < 500 });
				const page = await context.newPage();
				await page.addInitScript((choice) => localStorage.setItem("flitzis-looper.start", choice), start);
				await page.goto(app.address);
				await page.locator("looper-pad").last().waitFor();
				await show(page, stalling.address);
				const path = join(FOLDER, `${name}-${viewport.width}.png`);
				await page.screenshot({ path });
				process.stdout.write(`${path}\n`);
				await context.close();
			}
		}
		if (names.includes("readme")) {
			const paths = await takeReadmePictures(browser, app.address, README_FOLDER);
			process.stdout.write(`${paths.join("\n")}\n`);
		}
	} finally {
		await browser.close();
		stalling.close();
		app.close();
	}
}

const names = process.argv.slice(2);
if (names.length === 0) rmSync(FOLDER, { recursive: true, force: true });
await takePictures(names);
