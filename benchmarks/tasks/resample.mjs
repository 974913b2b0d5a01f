// How much CPU time does the resampler take, compared with libsoxr at very high quality?
//
// One minute of noise, pushed in pieces of 4,096 frames and copied out. Rounds alternate between the two, each yields its
// fastest of two passes, and the median of the rounds' ratios is printed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resampledFrames } from "../../packages/engine/dist/resample/ratio.js";
import { Resampler } from "../../packages/engine/dist/resample/resampler.js";
import { compileSoxr } from "../peers/soxr.mjs";

const SECONDS = 60;
const PIECE_FRAMES = 4096;
const ROUNDS = 7;
const PASSES = 2;
/** Input rate, output rate, channels, and the limit of the ratio. */
const cases = /** @type {const} */ ([
	[44_100, 48_000, 2, 0.6],
	[48_000, 44_100, 2, 0.6],
	[22_050, 48_000, 2, 0.6],
	[96_000, 48_000, 2, 0.95],
	[192_000, 48_000, 2, 0.95],
	[48_000, 47_999, 2, 1],
	[44_100, 47_999, 2, 1],
	[96_000, 47_999, 2, 1],
	[44_100, 48_000, 1, 0.6],
	[48_000, 47_999, 1, 1],
]);

const module = new WebAssembly.Module(readFileSync(new URL("../../packages/kernel/dist/loader.wasm", import.meta.url)));

/** @param {number} length */
function noise(length) {
	let state = 1;
	return Float32Array.from({ length }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		return state / 2 ** 32;
	});
}

/** CPU seconds of the fastest pass. @param {() => void} work */
function fastest(work) {
	let best = Number.POSITIVE_INFINITY;
	for (let pass = 0; pass < PASSES; pass++) {
		const start = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(start);
		best = Math.min(best, (user + system) / 1e6);
	}
	return best;
}

/** Resamples a whole recording. @param {Resampler} resampler @param {Float32Array} input @param {Float32Array} output */
function resample(resampler, input, output, pieceSamples = PIECE_FRAMES) {
	let given = 0;
	/** @param {Float32Array} samples */
	const emit = (samples) => {
		output.set(samples, given);
		given += samples.length;
	};
	for (let taken = 0; taken < input.length; taken += pieceSamples) {
		resampler.push(input.subarray(taken, taken + pieceSamples), emit);
	}
	resampler.flush(emit);
}

/** @param {number[]} values */
function median(values) {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const folder = mkdtempSync(join(tmpdir(), "looper-bench-"));
try {
	const peer = compileSoxr(folder);
	for (const [inputRate, outputRate, channels, wanted] of cases) {
		const input = noise(inputRate * SECONDS * channels);
		const output = new Float32Array(resampledFrames(inputRate * SECONDS, inputRate, outputRate) * channels);
		const start = performance.now();
		const resampler = new Resampler(module, { inputRate, outputRate, channels });
		const tableMilliseconds = performance.now() - start;
		const pass = () => resample(resampler, input, output, PIECE_FRAMES * channels);
		pass(); // compiles
		const own = [];
		const ratios = [];
		for (let round = 0; round < ROUNDS; round++) {
			const seconds = fastest(pass);
			own.push(seconds);
			if (peer === null) continue;
			const peerArguments = [inputRate, outputRate, channels, SECONDS, PASSES].map(String);
			ratios.push(seconds / Number(execFileSync(peer, peerArguments, { encoding: "utf8" })));
		}
		const nanoseconds = (median(own) / (SECONDS * inputRate)) * 1e9;
		const comparison = peer === null ? "" : `  ${median(ratios).toFixed(2)} x libsoxr (limit ${wanted})`;
		const name = `${inputRate} -> ${outputRate} Hz, ${channels === 2 ? "stereo" : "mono"}`;
		const times = `${nanoseconds.toFixed(2)} ns per frame, ${(SECONDS / median(own)).toFixed(0)} x real time`;
		console.log(`  ${name}: ${times}, tables ${tableMilliseconds.toFixed(1)} ms${comparison}`);
	}
	if (peer === null) {
		console.error("Not compared with libsoxr, which needs a C compiler and Debian's libsoxr-dev.");
		process.exitCode = 1;
	}
} finally {
	rmSync(folder, { recursive: true });
}
