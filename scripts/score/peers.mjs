// Programs and packages that tell tempos, for comparison.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeWav } from "flitzis-looper";
import { RATE } from "./drum-kits.mjs";
import { openWebAudioPage } from "./web-audio-page.mjs";

/** @typedef {(samples: Float32Array) => number | Promise<number>} TempoOf NaN if it tells none */

const require = createRequire(import.meta.url);
/** Ships no types. @type {new (samples: Float32Array) => { tempo: number }} */
const MusicTempo = require("music-tempo");

/** The engine's, in beats per minute. */
const RANGE = { from: 88, to: 175 };

/** @param {string} program @param {string[]} args @param {Uint8Array} [input] @returns {number} the first number that it prints; NaN */
function firstNumber(program, args, input) {
	const { stdout } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
	return Number.parseFloat((stdout ?? "").match(/\d+\.\d+/)?.[0] ?? "NaN");
}

/** @type {TempoOf} */
function aubio(samples) {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-score-"));
	try {
		const file = join(folder, "recording.wav");
		writeFileSync(file, encodeWav([Float32Array.from(samples)], { sampleRate: RATE }));
		return firstNumber("aubio", ["tempo", "-i", file]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @type {TempoOf} */
function bpmTools(samples) {
	const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
	return firstNumber("bpm", ["-m", String(RANGE.from), "-x", String(RANGE.to)], bytes);
}

/** In its own range, 60 to 200: in the engine's it is right less often. @type {TempoOf} */
function musicTempo(samples) {
	try {
		return new MusicTempo(samples).tempo;
	} catch (error) {
		if (error === "Tempo extraction failed") return Number.NaN;
		throw error;
	}
}

/**
 * Starts what the peers need.
 *
 * @returns {Promise<{ peers: Readonly<Record<string, TempoOf>>, close(): Promise<void> }>}
 */
export async function openPeers() {
	const page = await openWebAudioPage();
	const peers = {
		aubio,
		"bpm-tools": bpmTools,
		"music-tempo": musicTempo,
		"realtime-bpm-analyzer": (/** @type {Float32Array} */ samples) =>
			page.tempoOf("realtimeBpmAnalyzer", samples, RANGE),
		"web-audio-beat-detector": (/** @type {Float32Array} */ samples) =>
			page.tempoOf("webAudioBeatDetector", samples, RANGE),
	};
	return { peers, close: page.close };
}
