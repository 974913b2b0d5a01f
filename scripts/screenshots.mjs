// Takes pictures of the built instrument in all of its states, in three sizes, into .build/screenshots/, and on request those of
// the README into docs/images/.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { programPath } from "./ensure-programs.mjs";
import { takeReadmePictures } from "./screenshots/readme-pictures.mjs";
import { serveStalling } from "./screenshots/stalling-server.mjs";
import { views } from "./screenshots/views.mjs";
import { serveApp } from "./serve-app.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, ".build/screenshots");
const README_FOLDER = join(ROOT, "docs/images");
const SIZES = [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 768 },
	{ width: 390, height: 844 },
];

/** @param {string[]} names - views to picture, `readme` among them; all but that by default */
async function takePictures(names) {
	mkdirSync(FOLDER, { recursive: true });
	const app = await serveApp(ROOT);
	const stalling = await serveStalling();
	const browser = await chromium.launch({
		executablePath: programPath("chromium"),
		args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
	});
	try {
		for (const [name, { start, show }] of Object.entries(views)) {
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
