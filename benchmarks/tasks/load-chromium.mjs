// How long does the engine take in Chromium to load songs into a 48 kHz bank, against decodeAudioData of the same files
// in a 48 kHz context, in turns? Each side starts from Blobs and loads all songs at once, on every core. Also told, from
// a trace of another round: the longest task on the main thread while each loaded, in processor time.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import sirv from "sirv";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { longestMainTaskMs } from "../load/main-thread-trace.mjs";
import { FORMATS, makeSongs, median } from "../load/songs.mjs";

const SONGS = 8;
const ROUNDS = 3;

const songs = makeSongs(SONGS, Object.keys(FORMATS));
const serveEngine = sirv(fileURLToPath(new URL("../../packages/engine/dist", import.meta.url)), { dev: true });
const server = createServer((request, response) => {
	response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
	response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
	const [, format = "", song = ""] = /^\/songs\/(\w+)\/(\d+)$/.exec(request.url ?? "") ?? [];
	const file = songs.files[format]?.[Number(song)];
	if (file !== undefined) response.end(readFileSync(file));
	else if (request.url === "/")
		response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Load</title>");
	else serveEngine(request, response);
});
await new Promise((resolve) => server.listen(0, "localhost", () => resolve(null)));
const address = server.address();
const port = address !== null && typeof address === "object" ? address.port : 0;
const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });

/**
 * Readies both sides in the page and leaves there what loads everything and answers how many milliseconds it took.
 *
 * @param {{ format: string, count: number }} round
 */
async function prepareInPage({ format, count }) {
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const files = await Promise.all(
		Array.from({ length: count }, async (_, song) => (await fetch(`/songs/${format}/${song}`)).blob()),
	);
	const engine = new AudioEngine({ output: "offline", sampleRate: 48_000, memoryBudget: 3 * 2 ** 30 });
	await engine.run();
	// Threads, code and decoders are warm: every thread has loaded the head of a song.
	const heads = await Promise.all(files.slice(0, 6).map((file) => file.slice(0, 200_000).arrayBuffer()));
	await Promise.all(heads.map((head, slot) => engine.loadSample(slot, head)));
	const context = new OfflineAudioContext(2, 1, 48_000);
	/** @param {() => Promise<unknown>} work */
	const timed = async (work) => {
		const start = performance.now();
		await work();
		return performance.now() - start;
	};
	const sides = {
		ours: () => timed(() => Promise.all(files.map((file, slot) => engine.loadSample(slot, file)))),
		theirs: () =>
			timed(() => Promise.all(files.map(async (file) => context.decodeAudioData(await file.arrayBuffer())))),
	};
	Object.assign(globalThis, { sides });
}

/** @param {string} format */
async function openPage(format) {
	const page = await browser.newPage();
	await page.goto(`http://localhost:${port}/`);
	await page.evaluate(prepareInPage, { format, count: SONGS });
	const load = (/** @type {"ours" | "theirs"} */ side) =>
		page.evaluate(async (name) => {
			/** @type {unknown} */
			const sides = Reflect.get(globalThis, "sides");
			return /** @type {Record<string, () => Promise<number>>} */ (sides)[name]?.() ?? Number.NaN;
		}, side);
	return { page, load };
}

/** @param {string} format */
async function ratioOfRound(format) {
	const { page, load } = await openPage(format);
	const ratio = (await load("ours")) / (await load("theirs"));
	await page.close();
	return ratio;
}

/** @param {string} format @param {"ours" | "theirs"} side */
async function longestTaskMs(format, side) {
	const { page, load } = await openPage(format);
	const longest = await longestMainTaskMs(browser, page, () => load(side));
	await page.close();
	return longest.toFixed(1);
}

try {
	for (const format of Object.keys(FORMATS)) {
		const ratios = [];
		for (let round = 0; round < ROUNDS; round++) ratios.push(await ratioOfRound(format));
		const [ours, theirs] = [await longestTaskMs(format, "ours"), await longestTaskMs(format, "theirs")];
		console.log(
			`${format.padEnd(5)} ${median(ratios).toFixed(2)} of decodeAudioData's time; ` +
				`longest task on the main thread ${ours} ms (${theirs} ms)`,
		);
	}
} finally {
	await browser.close();
	server.closeAllConnections();
	server.close();
	songs.remove();
}
