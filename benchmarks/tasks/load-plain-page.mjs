// How much longer do songs take to load in Chromium on a plain page, whose threads exchange PCM over message ports, than on one that
// shares memory? Both play on a device, in turn: one song alone, eight at once, and eight under 32 sounding voices.
//
// npm run bench -- load-plain-page --format wav --rounds 3
//
// Prints every round, and the medians with the dropouts of all rounds.
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { ensurePrograms, programPath } from "../../scripts/ensure-programs.mjs";
import { startPulseAudio } from "../../scripts/start-pulseaudio.mjs";
import { serveSongs } from "../load/load-page.mjs";
import { FORMATS, makeSongs, median } from "../load/songs.mjs";

/** @typedef {"shared" | "messages"} Threading */
/** @typedef {{ threading: Threading, format: string, count: number, voices: number }} Round */
/** @typedef {{ milliseconds: number, dropouts: number }} Loaded */

const SONGS = 8;
const CASES = [
	{ name: "one song", count: 1, voices: 0 },
	{ name: `${SONGS} songs`, count: SONGS, voices: 0 },
	{ name: `${SONGS} songs under 32 voices`, count: SONGS, voices: 32 },
];

const { values: options } = parseArgs({
	options: { format: { type: "string", default: "wav" }, rounds: { type: "string", default: "3" } },
});
const rounds = Number(options.rounds);
if (!Object.hasOwn(FORMATS, options.format)) throw new Error(`There is no format ${options.format}.`);

/**
 * Loads songs that lie in the page, after one that warms all code up. Runs in the page.
 *
 * @param {Round} round
 * @returns {Promise<Loaded>}
 */
async function loadInPage({ threading, format, count, voices }) {
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const engine = new AudioEngine({ threading, memoryBudget: 2 ** 30, latencyHint: "playback" });
	await engine.run();
	const files = await Promise.all(
		Array.from({ length: count }, async (_, song) => (await fetch(`/songs/${format}/${song}`)).blob()),
	);
	await Promise.all(files.map((file, slot) => engine.loadSample(slot, file.slice(0, 2_000_000))));
	for (let voice = 0; voice < voices; voice++) engine.playSample(0, 0.02, { loop: true });
	await new Promise((resolve) => setTimeout(resolve, 500));
	const before = engine.stats().dropouts.count;
	const start = performance.now();
	await Promise.all(files.map((file, slot) => engine.loadSample(count + slot, file)));
	const milliseconds = performance.now() - start;
	const dropouts = engine.stats().dropouts.count - before;
	await engine.shutDown();
	return { milliseconds, dropouts };
}

ensurePrograms(["chromium", "pulseaudio", "ffmpeg"]);
const songs = makeSongs(SONGS, [options.format]);
const server = await serveSongs(songs.files);
const loudspeaker = await startPulseAudio(48_000);

/** Opens a browser of its own for each round, so that no earlier one's memory counts. @param {Round} round */
async function measure(round) {
	const browser = await chromium.launch({
		executablePath: programPath("chromium"),
		args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
		ignoreDefaultArgs: ["--mute-audio"],
		env: { ...process.env, ...loudspeaker.environment },
	});
	try {
		const page = await browser.newPage();
		await page.goto(server.origin);
		return await page.evaluate(loadInPage, round);
	} finally {
		await browser.close();
	}
}

try {
	console.log(`${options.format}, three minutes each`);
	for (const { name, count, voices } of CASES) {
		const ratios = [];
		const dropouts = { shared: 0, messages: 0 };
		for (let index = 1; index <= rounds; index++) {
			const round = { format: options.format, count, voices };
			const shared = await measure({ ...round, threading: "shared" });
			const messages = await measure({ ...round, threading: "messages" });
			ratios.push(messages.milliseconds / shared.milliseconds);
			dropouts.shared += shared.dropouts;
			dropouts.messages += messages.dropouts;
			const seconds = [shared, messages].map(({ milliseconds }) => `${(milliseconds / 1000).toFixed(2)} s`);
			console.log(`${name}, round ${index}: ${seconds.join(" shared, ")} over ports, ${ratios.at(-1)?.toFixed(2)}`);
		}
		const lost = `dropouts ${dropouts.shared} and ${dropouts.messages}`;
		console.log(`${name}: over ports ${median(ratios).toFixed(2)} times as long as shared (aim 1.2); ${lost}`);
	}
} finally {
	await loudspeaker.stop();
	server.close();
	songs.remove();
}
