// How many frames are loops of odd lengths off their line after 1,000 rounds at odd tempi, here and with Tone.js?
//
// All run in Chromium's OfflineAudioContext. Restarts: the frame on which an impulse is heard that a pad in the mode "repeat" starts
// on every line, and the one nearest to the time that `Transport.scheduleRepeat` gives its callback, before anything is played.
// Loops: the highest frame of an impulse at the beginning of a loop whose file has the nearest whole number of frames, of a pad that
// follows the tempo and of a Player that is synced to the Transport. The right frame is computed in integers: the one nearest to the
// line; where a line lies exactly between two frames, both are right.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { servePage } from "../serve-page.mjs";

/** @typedef {import("../transport/rounds.mjs").Task} Task */
/** Beats of a round as a fraction, tempo in tenths of a BPM, tempo changes. @typedef {[over: number, under: number, tenths: number, changes: number]} Case */

const SAMPLE_RATE = 48_000;
const ROUNDS = 1_000;
/** @type {readonly Case[]} */
const CASES = [
	[1, 3, 973, 0],
	[7, 10, 1337, 0],
	[5, 7, 1201, 0],
	[11, 10, 1719, 0],
	[1, 3, 973, 50],
	[7, 10, 1337, 50],
];
/** Parts of a beat that a frame is at a tempo of a tenth of a BPM. */
const PARTS = 10n * 60n * BigInt(SAMPLE_RATE);

/** @param {Case} row @returns {{ tenths: number, frame: number }[]} */
function tempiOf([over, under, tenths, changes]) {
	const apart = Math.floor((ROUNDS * over * 600 * SAMPLE_RATE) / (under * tenths * (changes + 1)));
	return Array.from({ length: changes + 1 }, (_, change) => ({
		tenths: tenths + ((change * 137) % 400),
		frame: change * apart,
	}));
}

/** The right frames: of each line the lowest and the highest. @param {Case} row @returns {[number, number][]} */
function rightFrames([over, under, tenths, changes]) {
	const segments = tempiOf([over, under, tenths, changes]);
	/** @type {[number, number][]} */
	const frames = [];
	let parts = 0n;
	for (const [index, segment] of segments.entries()) {
		const end = segments[index + 1]?.frame ?? Number.POSITIVE_INFINITY;
		const tempo = BigInt(segment.tenths);
		while (frames.length < ROUNDS) {
			// Distance of the line from the first frame at this tempo: a fraction.
			const distance = BigInt(frames.length * over) * PARTS - parts * BigInt(under);
			const divisor = tempo * BigInt(under);
			const doubled = 2n * distance + divisor;
			const frame = segment.frame + Number(doubled / (2n * divisor));
			if (frame >= end) break;
			frames.push([doubled % (2n * divisor) === 0n ? frame - 1 : frame, frame]);
		}
		if (end !== Number.POSITIVE_INFINITY) parts += tempo * BigInt(end - segment.frame);
	}
	return frames;
}

/** @param {number[]} frames @param {[number, number][]} right */
function verdict(frames, right) {
	const off = right.map(([lowest, highest], round) => {
		const frame = frames[round] ?? Number.POSITIVE_INFINITY;
		return Math.max(lowest - frame, frame - highest, 0);
	});
	const count = off.filter((distance) => distance > 0).length;
	return `${count} off, by ${Math.max(...off)} at most, ${off.at(-1)} in the last round`;
}

const rounds = readFileSync(new URL("../transport/rounds.mjs", import.meta.url), "utf8");
const server = await servePage((path) => (path === "/rounds.mjs" ? rounds : null));
const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
try {
	for (const row of CASES) {
		const [over, under, tenths, changes] = row;
		const right = rightFrames(row);
		const tempi = tempiOf(row).map((segment) => ({ tempo: segment.tenths / 10, frame: segment.frame }));
		/** @type {Task} */
		const task = { beats: over / under, tempi, rounds: ROUNDS, frames: (right.at(-1)?.[1] ?? 0) + SAMPLE_RATE };
		const page = await browser.newPage();
		await page.goto(server.origin);
		await page.addScriptTag({ path: fileURLToPath(new URL("../Tone.js", import.meta.resolve("tone"))) });
		const heard = await page.evaluate(async (given) => {
			const entry = "/rounds.mjs";
			/** @type {typeof import("../transport/rounds.mjs")} */
			const { loopedPad, loopedPlayer, repeatedCallback, repeatedPad } = await import(entry);
			return {
				"pad, restarted": await repeatedPad(given),
				"Tone.js, callback": await repeatedCallback(given),
				"pad, looped": await loopedPad(given),
				// It does not follow the tempo.
				...(given.tempi.length === 1 && { "Tone.js, Player": await loopedPlayer(given) }),
			};
		}, task);
		await page.close();
		const tempo = changes === 0 ? `${tenths / 10} BPM` : `${tenths / 10} BPM and ${changes} changes`;
		console.log(`${ROUNDS} rounds of ${over}/${under} beats at ${tempo}`);
		for (const [name, frames] of Object.entries(heard)) console.log(`  ${name.padEnd(18)} ${verdict(frames, right)}`);
	}
} finally {
	await browser.close();
	server.close();
}
