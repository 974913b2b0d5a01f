// Programs that tell tempos, for comparison.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeWav } from "flitzis-looper";
import { RATE } from "./drum-kits.mjs";

/** @param {string} program @param {string[]} args @param {Uint8Array} [input] @returns {number} the first number that it prints; NaN */
function firstNumber(program, args, input) {
	const { stdout } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
	return Number.parseFloat((stdout ?? "").match(/\d+\.\d+/)?.[0] ?? "NaN");
}

/** @type {Record<string, (samples: Float32Array) => number>} */
export const peers = {
	aubio: (samples) => {
		const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-score-"));
		try {
			const file = join(folder, "recording.wav");
			writeFileSync(file, encodeWav([Float32Array.from(samples)], { sampleRate: RATE }));
			return firstNumber("aubio", ["tempo", "-i", file]);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
	"bpm-tools": (samples) =>
		firstNumber(
			"bpm",
			["-m", "88", "-x", "175"],
			new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
		),
};
