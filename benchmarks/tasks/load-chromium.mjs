// How long does the engine take in Chromium to load songs into a 48 kHz bank, against decodeAudioData of the same files
// in a 48 kHz context, in turns? Each side loads all 32 songs at once, on every core: from Blobs, as files are dropped on a
// page, and from bytes in memory; each in a page of its own, as both keep what they loaded. Also told, from a trace of another round: the longest task on the main thread while
// each loaded, in processor time.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import sirv from "sirv";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { longestMainTaskMs } from "../load/main-thread-trace.mjs";
import { FORMATS, makeSongs, median } from "../load/songs.mjs";

/** @typedef {"ours" | "theirs"} Side */
/** @typedef {"blobs" | "bytes"} From */

const SONGS = 32;
const ROUNDS = 3;
/** Songs a page loads before it is measured: with them every thread has run all code often enough to be fast. */
const WARM_SONGS = 6;

const wanted = process.argv.slice(2);
const formats = Object.keys(FORMATS).filter((format) => wanted.length === 0 || wanted.includes(format));
if (formats.length === 0) throw new Error(`no such format; there are ${Object.keys(FORMATS).join(", ")}`);

const songs = makeSongs(SONGS, formats);
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

/**
 * Readies one side in a page and leaves there what loads everything and answers how many milliseconds it took.
 *
 * @param {{ side: Side, format: string, from: From, count: number, warmCount: number }} round
 */
async function prepareInPage({ side, format, from, count, warmCount }) {
	const files = await Promise.all(
		Array.from({ length: count }, async (_, song) => (await fetch(`/songs/${format}/${song}`)).blob()),
	);
	const heads = await Promise.all(files.slice(0, warmCount).map((file) => file.slice(0, 200_000).arrayBuffer()));
	const sources = from === "bytes" ? await Promise.all(files.map((file) => file.arrayBuffer())) : files;
	/** @returns {Promise<(slot: number, source: Blob | ArrayBuffer) => Promise<unknown>>} */
	const openOurs = async () => {
		const entry = "/index.browser.js";
		/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
		const { AudioEngine } = await import(entry);
		const engine = new AudioEngine({ output: "offline", sampleRate: 48_000, memoryBudget: 3 * 2 ** 30 });
		await engine.run();
		// Both sides take their bytes over.
		return (slot, source) => engine.loadSample(slot, source, { transfer: source instanceof ArrayBuffer });
	};
	/** @type {typeof openOurs} */
	const openTheirs = async () => {
		const context = new OfflineAudioContext(2, 1, 48_000);
		return async (_, source) =>
			context.decodeAudioData(source instanceof ArrayBuffer ? source : await source.arrayBuffer());
	};
	const load = await (side === "ours" ? openOurs() : openTheirs());
	await Promise.all(heads.map((head, slot) => load(slot, head)));
	const loadAll = async () => {
		const start = performance.now();
		// What was loaded stays, as in a bank.
		const loaded = await Promise.all(sources.map((source, slot) => load(slot, source)));
		Object.assign(globalThis, { loaded });
		return performance.now() - start;
	};
	Object.assign(globalThis, { loadAll });
}

/**
 * Opens a page in a browser of its own: none inherits the gigabytes of those before it.
 *
 * @param {Side} side @param {string} format @param {From} from
 */
async function openPage(side, format, from) {
	const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
	const page = await browser.newPage();
	page.on("crash", () => process.stderr.write(`the page crashed that loaded ${format} from ${from} (${side})\n`));
	await page.goto(`http://localhost:${port}/`);
	await page.evaluate(prepareInPage, { side, format, from, count: SONGS, warmCount: WARM_SONGS });
	const load = () =>
		page.evaluate(async () => {
			/** @type {() => Promise<number>} */
			const loadAll = Reflect.get(globalThis, "loadAll");
			return loadAll();
		});
	return { browser, page, load };
}

/** @param {Side} side @param {string} format @param {From} from */
async function loadMs(side, format, from) {
	const { browser, load } = await openPage(side, format, from);
	const milliseconds = await load();
	await browser.close();
	return milliseconds;
}

/** The median ratio of some rounds. @param {string} format @param {From} from */
async function ratioToTheirs(format, from) {
	const ratios = [];
	for (let round = 0; round < ROUNDS; round++) {
		const ours = await loadMs("ours", format, from);
		ratios.push(ours / (await loadMs("theirs", format, from)));
	}
	return median(ratios).toFixed(2);
}

/** @param {Side} side @param {string} format */
async function longestTaskMs(side, format) {
	const { browser, page, load } = await openPage(side, format, "blobs");
	const longest = await longestMainTaskMs(browser, page, load);
	await browser.close();
	return longest.toFixed(1);
}

try {
	for (const format of formats) {
		const [fromBlobs, fromBytes] = [await ratioToTheirs(format, "blobs"), await ratioToTheirs(format, "bytes")];
		const [ours, theirs] = [await longestTaskMs("ours", format), await longestTaskMs("theirs", format)];
		console.log(
			`${format.padEnd(5)} ${fromBlobs} of decodeAudioData's time from Blobs, ${fromBytes} from bytes; ` +
				`longest task on the main thread ${ours} ms (${theirs} ms)`,
		);
	}
} finally {
	server.closeAllConnections();
	server.close();
	songs.remove();
}
