// A Chromium page that loads songs with the engine or with decodeAudioData, and measures the time.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { servePage } from "../serve-page.mjs";

/** @typedef {"ours" | "theirs"} Side */
/** @typedef {"blobs" | "bytes"} From */
/** @typedef {{ side: Side, format: string, from: From, count: number, warmCount: number }} Round */

/**
 * Serves the built engine and the songs.
 *
 * @param {Record<string, string[]>} files - paths of the songs, by format
 */
export function serveSongs(files) {
	return servePage((path) => {
		const [, format = "", song = ""] = /^\/songs\/(\w+)\/(\d+)$/.exec(path) ?? [];
		const file = files[format]?.[Number(song)];
		return file === undefined ? null : readFileSync(file);
	});
}

/**
 * Opens a page in a new browser, so that no earlier page's memory affects it.
 *
 * @param {string} origin - of `serveSongs`
 * @param {Round} round - `warmCount` songs are loaded first, so that all code is compiled on every thread
 */
export async function openLoadPage(origin, round) {
	const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
	const page = await browser.newPage();
	const { side, format, from } = round;
	page.on("crash", () => process.stderr.write(`The page that loaded ${format} from ${from} (${side}) crashed.\n`));
	await page.goto(origin);
	await page.evaluate(prepareInPage, round);
	/** Loads all songs concurrently. @returns {Promise<number>} milliseconds */
	const load = () =>
		page.evaluate(async () => {
			/** @type {() => Promise<number>} */
			const loadAll = Reflect.get(globalThis, "loadAll");
			return loadAll();
		});
	return { browser, page, load };
}

/**
 * Prepares one side in a page and defines a global function that loads everything and returns the milliseconds.
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
		// Both sides take ownership of the bytes.
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
		// Loaded songs are retained, as in a bank.
		const loaded = await Promise.all(sources.map((source, slot) => load(slot, source)));
		Object.assign(globalThis, { loaded });
		return performance.now() - start;
	};
	Object.assign(globalThis, { loadAll });
}
