// How long does the engine take in Chromium to load songs into a 48 kHz bank, against decodeAudioData of the same files
// in a 48 kHz context, in turns? Each side loads all songs at once, on every core: from Blobs, as files are dropped on a
// page, and from bytes in memory. Also told, from a trace of another round: the longest task on the main thread while
// each loaded, in processor time.
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
 * @param {{ format: string, from: "blobs" | "bytes", count: number }} round
 */
async function prepareInPage({ format, from, count }) {
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
	const readAll = () => Promise.all(files.map((file) => file.arrayBuffer()));
	// Both sides take their bytes over.
	const [sources, buffers] = from === "bytes" ? [await readAll(), await readAll()] : [files, null];
	const loadOurs = () =>
		Promise.all(
			sources.map((source, slot) => engine.loadSample(slot, source, { transfer: source instanceof ArrayBuffer })),
		);
	const loadTheirs = async () =>
		Promise.all((buffers ?? (await readAll())).map((buffer) => context.decodeAudioData(buffer)));
	const sides = { ours: () => timed(loadOurs), theirs: () => timed(loadTheirs) };
	Object.assign(globalThis, { sides });
}

/** @param {string} format @param {"blobs" | "bytes"} from */
async function openPage(format, from) {
	const page = await browser.newPage();
	await page.goto(`http://localhost:${port}/`);
	await page.evaluate(prepareInPage, { format, from, count: SONGS });
	const load = (/** @type {"ours" | "theirs"} */ side) =>
		page.evaluate(async (name) => {
			/** @type {unknown} */
			const sides = Reflect.get(globalThis, "sides");
			return /** @type {Record<string, () => Promise<number>>} */ (sides)[name]?.() ?? Number.NaN;
		}, side);
	return { page, load };
}

/** The median ratio of some rounds. @param {string} format @param {"blobs" | "bytes"} from */
async function ratioToTheirs(format, from) {
	const ratios = [];
	for (let round = 0; round < ROUNDS; round++) {
		const { page, load } = await openPage(format, from);
		ratios.push((await load("ours")) / (await load("theirs")));
		await page.close();
	}
	return median(ratios).toFixed(2);
}

/** @param {string} format @param {"ours" | "theirs"} side */
async function longestTaskMs(format, side) {
	const { page, load } = await openPage(format, "blobs");
	const longest = await longestMainTaskMs(browser, page, () => load(side));
	await page.close();
	return longest.toFixed(1);
}

try {
	for (const format of Object.keys(FORMATS)) {
		const [fromBlobs, fromBytes] = [await ratioToTheirs(format, "blobs"), await ratioToTheirs(format, "bytes")];
		const [ours, theirs] = [await longestTaskMs(format, "ours"), await longestTaskMs(format, "theirs")];
		console.log(
			`${format.padEnd(5)} ${fromBlobs} of decodeAudioData's time from Blobs, ${fromBytes} from bytes; ` +
				`longest task on the main thread ${ours} ms (${theirs} ms)`,
		);
	}
} finally {
	await browser.close();
	server.closeAllConnections();
	server.close();
	songs.remove();
}
