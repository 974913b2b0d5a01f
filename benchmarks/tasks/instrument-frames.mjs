// How much work is a frame of the instrument on the main thread of Chromium, without a graphics processor, in a window of 1440 × 900
// pixels: idle, with 32 loops playing and their meters moving, and with a playing pad's panel open? In processor time, so that other
// work on the machine counts less; beside it, in turn, pages that do nothing or move 32 elements. And how long does it take to open the
// panel of a long file?
//
// npm run bench -- instrument-frames --seconds 4 --rounds 3 --frames 2000 --minutes 60 --before ../another-checkout
//
// The medians of the rounds are printed. --frames is how many a measurement of the heap takes; 0 leaves it out, as --minutes 0 leaves
// out the long file. A build that --before names is measured in turn with this one.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { ensurePrograms, programPath } from "../../scripts/ensure-programs.mjs";
import { serveApp } from "../../scripts/serve-app.mjs";
import { traceFrames } from "../frames/frame-trace.mjs";
import { bytesPerFrame } from "../frames/heap.mjs";
import { loadSoundsInPage, openEmpty, openPanelInPage, playLoopsInPage } from "../frames/instrument-page.mjs";
import { PEERS, showPeerInPage } from "../frames/peer-page.mjs";
import { longestMainTaskMs } from "../load/main-thread-trace.mjs";
import { median } from "../load/songs.mjs";

/** @typedef {Record<string, number>} Figures */

const PADS = 32;
const SETTLING_MILLISECONDS = 1500;
/** A build that `--before` names may read the file as a whole. */
const PANEL_MILLISECONDS = 240_000;

const { values: options } = parseArgs({
	options: {
		seconds: { type: "string", default: "4" },
		rounds: { type: "string", default: "3" },
		frames: { type: "string", default: "2000" },
		minutes: { type: "string", default: "60" },
		before: { type: "string" },
	},
});
const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];
const [frames, minutes] = [Number(options.frames), Number(options.minutes)];
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const builds = [["instrument", ROOT], ...(options.before === undefined ? [] : [["before", resolve(options.before)]])];

ensurePrograms(["chromium"]);
const browser = await chromium.launch({
	executablePath: programPath("chromium"),
	args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
});

/** @type {Map<string, Figures[]>} */
const measured = new Map();

/** @param {import("@playwright/test").Page} page @param {string} row */
async function measure(page, row) {
	await page.waitForTimeout(SETTLING_MILLISECONDS);
	const work = await traceFrames(browser, page, seconds);
	const bytes = frames > 0 ? await bytesPerFrame(page, frames) : { allocated: Number.NaN, retained: Number.NaN };
	measured.set(row, [...(measured.get(row) ?? []), { ...work, perSecond: work.frames / seconds, ...bytes }]);
}

async function openPage() {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	page.on("pageerror", (error) => process.stderr.write(`${error}\n`));
	return page;
}

/** @param {string} name @param {string} address */
async function measureInstrument(name, address) {
	const page = await openPage();
	await openEmpty(page, address);
	const sounds = Array.from({ length: PADS }, (_, pad) => ({ pad, title: `Loop ${pad + 1}`, seconds: 2 + pad / 8 }));
	await page.evaluate(loadSoundsInPage, sounds);
	await measure(page, `${name}, idle`);
	await page.evaluate(playLoopsInPage, PADS);
	await measure(page, `${name}, ${PADS} loops`);
	await page.getByRole("button", { name: "Edit" }).click();
	await page.evaluate(openPanelInPage, 0);
	await measure(page, `${name}, ${PADS} loops and panel`);
	await page.context().close();
}

/** @param {import("../frames/peer-page.mjs").Peer} peer */
async function measurePeer(peer) {
	const page = await openPage();
	await page.evaluate(showPeerInPage, peer);
	await measure(
		page,
		`a page that ${{ nothing: "does nothing", bars: "scales 32 boxes", layers: "scales 32 layers" }[peer]}`,
	);
	await page.context().close();
}

/** @param {string} name @param {string} address */
async function measurePanel(name, address) {
	const page = await openPage();
	page.setDefaultTimeout(PANEL_MILLISECONDS);
	await openEmpty(page, address);
	await page.evaluate(loadSoundsInPage, [{ pad: 0, title: "Long", seconds: 60 * minutes }]);
	await page.waitForTimeout(SETTLING_MILLISECONDS);
	await page.getByRole("button", { name: "Edit" }).click();
	/** @type {{ open: number, whole: number } | undefined} */
	let times;
	const longest = await longestMainTaskMs(browser, page, async () => {
		times = await page.evaluate(openPanelInPage, 0);
	});
	const cells = Object.entries(times ?? {}).map(([what, milliseconds]) => `${what} ${milliseconds.toFixed(0)} ms`);
	console.log(`${name}, panel of ${minutes} minutes: ${cells.join(", ")}; longest task ${longest.toFixed(1)} ms`);
	await page.context().close();
}

/** Prints one line. @param {string} first @param {string[]} cells */
function print(first, ...cells) {
	console.log([first.padEnd(40), ...cells.map((cell) => cell.padStart(10))].join(" "));
}

const servers = [];
try {
	for (const [name = "", root = ""] of builds) servers.push({ name, ...(await serveApp(root)) });
	for (let round = 0; round < rounds; round++) {
		for (const { name, address } of servers) await measureInstrument(name, address);
		for (const peer of PEERS) await measurePeer(peer);
	}
	print(
		"ms of processor time per frame",
		"median",
		"95 %",
		"script",
		"style",
		"paint",
		"frames/s",
		"bytes",
		"retained",
	);
	for (const [row, rows] of measured) {
		const figure = (/** @type {string} */ name, /** @type {number} */ digits) =>
			median(rows.map((one) => one[name] ?? Number.NaN)).toFixed(digits);
		const works = ["median", "high", "script", "style", "paint"].map((name) => figure(name, 2));
		print(row, ...works, ...["perSecond", "allocated", "retained"].map((name) => figure(name, 0)));
	}
	if (minutes > 0) for (const { name, address } of servers) await measurePanel(name, address);
} finally {
	await browser.close();
	for (const server of servers) server.close();
}
