// A page of Chromium that loads songs, with the engine or with decodeAudioData, and tells how long that took.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import sirv from "sirv";
import { programPath } from "../../scripts/ensure-programs.mjs";

/** @typedef {"ours" | "theirs"} Side */
/** @typedef {"blobs" | "bytes"} From */
/** @typedef {{ side: Side, format: string, from: From, count: number, warmCount: number }} Round */

/**
 * Serves the built engine and the songs, isolated.
 *
 * @param {Record<string, string[]>} files - paths of the songs, by format
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serveSongs(files) {
	const serveEngine = sirv(fileURLToPath(new URL("../../packages/engine/dist", import.meta.url)), { dev: true });
	const server = createServer((request, response) => {
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
		const [, format = "", song = ""] = /^\/songs\/(\w+)\/(\d+)$/.exec(request.url ?? "") ?? [];
		const file = files[format]?.[Number(song)];
		if (file !== undefined) response.end(readFileSync(file));
		else if (request.url === "/")
			response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Load</title>");
		else serveEngine(request, response);
	});
	await new Promise((resolve) => server.listen(0, "localhost", () => resolve(null)));
	const address = server.address();
	const port = address !== null && typeof address === "object" ? address.port : 0;
	return {
		origin: `http://localhost:${port}/`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

/**
 * Opens a page in a browser of its own: none inherits the gigabytes of those before it.
 *
 * @param {string} origin - of `serveSongs`
 * @param {Round} round - with as many songs loaded before, so that every thread has run all code often enough to be fast
 */
export async function openLoadPage(origin, round) {
	const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
	const page = await browser.newPage();
	const { side, format, from } = round;
	page.on("crash", () => process.stderr.write(`the page crashed that loaded ${format} from ${from} (${side})\n`));
	await page.goto(origin);
	await page.evaluate(prepareInPage, round);
	/** Loads every song at once. @returns {Promise<number>} milliseconds */
	const load = () =>
		page.evaluate(async () => {
			/** @type {() => Promise<number>} */
			const loadAll = Reflect.get(globalThis, "loadAll");
			return loadAll();
		});
	return { browser, page, load };
}

/**
 * Readies one side in a page and leaves there what loads everything and answers how many milliseconds it took.
 *
 * @param {Round} round
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
