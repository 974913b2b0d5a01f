// How long does the engine take in Chromium to load songs into a 48 kHz bank, against decodeAudioData of the same files
// in a 48 kHz context, in turns? All songs at once on both sides, on every core. Also told: the longest stretch for which
// the main thread was held while each loaded.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import sirv from "sirv";
import { programPath } from "../../scripts/ensure-programs.mjs";
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
 * One round in the page: the same files, held in memory, loaded by the engine and by decodeAudioData.
 *
 * @param {{ format: string, count: number }} round
 */
async function measureInPage({ format, count }) {
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const files = await Promise.all(
		Array.from({ length: count }, async (_, song) => (await fetch(`/songs/${format}/${song}`)).blob()),
	);
	/** How long work took, and the longest gap between two turns of the main thread meanwhile. @param {() => Promise<unknown>} work */
	const time = async (work) => {
		const channel = new MessageChannel();
		let longest = 0;
		let last = performance.now();
		channel.port1.addEventListener("message", () => {
			const now = performance.now();
			longest = Math.max(longest, now - last);
			last = now;
			channel.port2.postMessage(null);
		});
		channel.port1.start();
		channel.port2.postMessage(null);
		const start = performance.now();
		await work();
		const milliseconds = performance.now() - start;
		channel.port1.close();
		return { milliseconds, longest };
	};
	const engine = new AudioEngine({ output: "offline", sampleRate: 48_000, memoryBudget: 3 * 2 ** 30 });
	await engine.run();
	// Threads, code and decoders are warm on both sides.
	const [first] = files;
	if (first === undefined) throw new Error("there are no songs");
	await engine.loadSample(0, new Blob([await first.slice(0, 200_000).arrayBuffer()]));
	const ours = await time(() => Promise.all(files.map((file, slot) => engine.loadSample(slot, file))));
	await engine.shutDown();
	const context = new OfflineAudioContext(2, 1, 48_000);
	const buffers = await Promise.all(files.map((file) => file.arrayBuffer()));
	const theirs = await time(() => Promise.all(buffers.map((buffer) => context.decodeAudioData(buffer))));
	return { ours, theirs };
}

try {
	for (const format of Object.keys(FORMATS)) {
		/** @type {number[]} */
		const ratios = [];
		/** @type {{ ours: number, theirs: number }[]} */
		const gaps = [];
		for (let round = 0; round < ROUNDS; round++) {
			const page = await browser.newPage();
			await page.goto(`http://localhost:${port}/`);
			const { ours, theirs } = await page.evaluate(measureInPage, { format, count: SONGS });
			ratios.push(ours.milliseconds / theirs.milliseconds);
			gaps.push({ ours: ours.longest, theirs: theirs.longest });
			await page.close();
		}
		const gap = (/** @type {"ours" | "theirs"} */ side) => median(gaps.map((round) => round[side])).toFixed(1);
		console.log(
			`${format.padEnd(5)} ${median(ratios).toFixed(2)} of decodeAudioData's time; main thread held for at most ${gap("ours")} ms (${gap("theirs")} ms)`,
		);
	}
} finally {
	await browser.close();
	server.closeAllConnections();
	server.close();
	songs.remove();
}
