// How many seconds of looping stereo voices does the engine render per second in Chromium's OfflineAudioContext, compared with
// AudioBufferSourceNodes and Tone.js Players that play the same?
//
// 32 samples of 4 s of noise (49 MB); every voice begins at another place of one of them, on a pad or node of its own. An
// engine has 256 voices at most, so 500 play in two engines of one context. The contexts of all sides render short parts in turn,
// and the median of the rounds' ratios is printed. Above 1 the engine is faster. A worklet that does nothing shows what Chromium
// takes of the engine's time.
//
// At the end, the highest spur of looping sines at a rate of 1.03, relative to the sine.
//
// npm run bench -- voices-chromium --voices 32,100,500 --rates 1,1.03 --rounds 31
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { decibels, highestLine, level, removeTone } from "../../packages/engine/test/tone-analysis.mjs";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { median } from "../load/songs.mjs";
import { servePage } from "../serve-page.mjs";

/** @typedef {import("../voices/players.mjs").Side} Side */
/** @typedef {import("../voices/players.mjs").Voice} Voice */

const SAMPLE_RATE = 48_000;
const SAMPLES = 32;
const SAMPLE_FRAMES = 4 * SAMPLE_RATE;
const WARM_ROUNDS = 9;
/** Seconds of audio that one part renders, times voices. */
const VOICE_SECONDS = 48;
const ALIAS_RATE = 1.03;
const TONE_HERTZ = [1000, 5000, 10_000, 14_000, 15_000];
const ANALYSED_FRAMES = 65_536;

/** @type {readonly Side[]} */
const PEERS = ["bare", "gain", "panner", "tone"];
/** @type {readonly Side[]} */
const SIDES = ["ours", ...PEERS, "worklet"];
/** @type {Readonly<Record<Side, string>>} */
const NAMES = {
	ours: "engine",
	bare: "nodes",
	gain: "nodes, gain",
	panner: "nodes, panner",
	tone: "Tone.js",
	worklet: "idle worklet",
};

const { values: options } = parseArgs({
	options: {
		voices: { type: "string", default: "32,100,500" },
		rates: { type: "string", default: `1,${ALIAS_RATE}` },
		rounds: { type: "string", default: "31" },
	},
});
const counts = options.voices.split(",").map(Number);
const rates = options.rates.split(",").map(Number);
const rounds = Number(options.rounds);

const players = readFileSync(new URL("../voices/players.mjs", import.meta.url), "utf8");
const server = await servePage((path) => (path === "/players.mjs" ? players : null));
const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });

/** A page with the players. */
async function openPage() {
	const page = await browser.newPage();
	page.on("pageerror", (error) => process.stderr.write(`${error}\n`));
	await page.goto(server.origin);
	await page.addScriptTag({ path: fileURLToPath(new URL("../Tone.js", import.meta.resolve("tone"))) });
	await page.evaluate(async () => {
		const entry = "/players.mjs";
		Object.assign(globalThis, { players: await import(entry) });
	});
	return page;
}

/** @param {number} count @param {number} rate @returns {Voice[]} */
function voicesOf(count, rate) {
	return Array.from({ length: count }, (_, voice) => ({
		sample: voice % SAMPLES,
		offset: (voice * 7919) % SAMPLE_FRAMES,
		rate,
	}));
}

/** Times one number of voices on all sides. @param {number} count @param {number} rate */
async function timeRow(count, rate) {
	const page = await openPage();
	const seconds = VOICE_SECONDS / count;
	const task = {
		sides: [...SIDES],
		voices: voicesOf(count, rate),
		partSeconds: seconds,
		rounds,
		warmRounds: WARM_ROUNDS,
	};
	const times = await page.evaluate(
		async ([noise, frames, row]) => {
			/** @type {typeof import("../voices/players.mjs")} */
			const { addNoise, timeVoices } = Reflect.get(globalThis, "players");
			addNoise(noise, frames);
			return timeVoices(row);
		},
		/** @type {const} */ ([SAMPLES, SAMPLE_FRAMES, task]),
	);
	await page.close();
	const [ours = []] = times;
	const cells = times.map((some, index) => {
		const perSecond = ((1000 * seconds) / median(some)).toPrecision(3);
		const ratio = median(some.map((time, round) => time / (ours[round] ?? Number.NaN))).toFixed(2);
		return index === 0 ? perSecond : `${perSecond} (${ratio})`;
	});
	print(`${count} at ${rate}`, ...cells);
}

/**
 * Renders voices from their start on one side.
 *
 * @param {Side} side @param {Voice[]} voices @param {number} frames
 * @param {number | null} hertz - of a sine; null for noise
 */
async function render(side, voices, frames, hertz) {
	const page = await openPage();
	const samples = await page.evaluate(
		async ([one, some, length, tone, noise, sampleFrames]) => {
			/** @type {typeof import("../voices/players.mjs")} */
			const { addNoise, addSine, renderVoices } = Reflect.get(globalThis, "players");
			if (tone === null) addNoise(noise, sampleFrames);
			else addSine(tone, sampleFrames);
			return [...(await renderVoices(one, some, length))];
		},
		/** @type {const} */ ([side, voices, frames, hertz, SAMPLES, SAMPLE_FRAMES]),
	);
	await page.close();
	return Float32Array.from(samples);
}

/** Fails unless all sides sound the same at rate 1. */
async function checkSides() {
	const voices = voicesOf(SAMPLES, 1);
	const ours = await render("ours", voices, SAMPLE_RATE, null);
	for (const side of PEERS) {
		const theirs = await render(side, voices, SAMPLE_RATE, null);
		const difference = decibels(level(ours.map((sample, frame) => sample - (theirs[frame] ?? 0))) / level(ours));
		if (!(difference < -100)) throw new Error(`${NAMES[side]} differs from the engine by ${difference.toFixed(0)} dB.`);
	}
}

/** The highest spur of a looping sine, in decibels below it. @param {Side} side @param {number} hertz */
async function spurOf(side, hertz) {
	const voices = [{ sample: 0, offset: 0, rate: ALIAS_RATE }];
	const samples = (await render(side, voices, 2 * ANALYSED_FRAMES, hertz)).subarray(ANALYSED_FRAMES);
	const { amplitude, residual } = removeTone(samples, SAMPLE_RATE, hertz * ALIAS_RATE);
	return decibels(highestLine(residual) / amplitude);
}

/** Prints one line. @param {string[]} cells */
function print(...cells) {
	console.log(cells.map((cell) => cell.padEnd(16)).join(" "));
}

try {
	await checkSides();
	console.log("Seconds of audio per second; in brackets, how many times as fast the engine is.");
	print("voices", ...SIDES.map((side) => NAMES[side]));
	for (const rate of rates) for (const count of counts) await timeRow(count, rate);
	console.log(`Highest spur of sines at ${ALIAS_RATE}, in dB.`);
	print("Hz", ...TONE_HERTZ.map(String));
	for (const side of /** @type {const} */ (["ours", "bare", "tone"])) {
		const spurs = [];
		for (const hertz of TONE_HERTZ) spurs.push((await spurOf(side, hertz)).toFixed(1));
		print(NAMES[side], ...spurs);
	}
} finally {
	await browser.close();
	server.close();
}
