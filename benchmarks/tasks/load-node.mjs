// How long does the engine take in Node to load songs into a 48 kHz bank, compared with ffmpeg on one thread doing the same to
// the same files, alternately? One loader thread, so that both have one core. A ratio below 1 is faster than ffmpeg.
import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { AudioEngine } from "flitzis-looper";
import { FORMATS, makeSongs, median } from "../load/songs.mjs";

const SONGS = 4;
const ROUNDS = 3;

/** @param {AudioEngine} engine @param {readonly string[]} files */
async function loadAll(engine, files) {
	const start = performance.now();
	await Promise.all(files.map((file, slot) => engine.loadSample(slot, file)));
	const milliseconds = performance.now() - start;
	for (const slot of files.keys()) engine.unloadSample(slot);
	engine.renderOffline(1);
	return milliseconds;
}

/** @param {readonly string[]} files */
function convertAll(files) {
	const start = performance.now();
	for (const file of files) {
		execFileSync("ffmpeg", [
			"-v",
			"error",
			"-threads",
			"1",
			"-i",
			file,
			"-ar",
			"48000",
			"-f",
			"f32le",
			"-y",
			"/dev/null",
		]);
	}
	return performance.now() - start;
}

const songs = makeSongs(SONGS, Object.keys(FORMATS));
const engine = new AudioEngine({ output: "offline", sampleRate: 48_000, loaderThreads: 1, memoryBudget: 3 * 2 ** 30 });
try {
	await engine.run();
	for (const [format, files] of Object.entries(songs.files)) {
		await loadAll(engine, files.slice(0, 1));
		/** @type {number[]} */
		const ours = [];
		/** @type {number[]} */
		const theirs = [];
		for (let round = 0; round < ROUNDS; round++) {
			ours.push(await loadAll(engine, files));
			theirs.push(convertAll(files));
		}
		const ratio = median(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)));
		const each = (/** @type {number[]} */ times) => `${(median(times) / SONGS).toFixed(0)} ms`;
		console.log(
			`${format.padEnd(5)} ${ratio.toFixed(2)} of ffmpeg's time (${each(ours)} against ${each(theirs)} per song)`,
		);
	}
} finally {
	await engine.shutDown();
	songs.remove();
}
