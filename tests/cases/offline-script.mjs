// What the scripts of the cases share.
import { AudioEngine } from "flitzis-looper";
import { floatWave } from "../../packages/engine/test/float-wave.mjs";

/** @type {string[]} */
const differences = [];

/** Records a difference unless a condition holds. @param {boolean} holds @param {string} difference */
export function must(holds, difference) {
	if (!holds) differences.push(difference);
}

/** Prints the recorded differences and sets the exit code. */
export function finish() {
	for (const difference of differences) process.stdout.write(`${difference}\n`);
	process.exitCode = differences.length === 0 ? 0 : 1;
}

/**
 * Runs a check with an offline engine per threading, then finishes.
 *
 * @param {import("flitzis-looper").AudioEngineOptions} options
 * @param {(threading: "shared" | "messages", engine: AudioEngine) => Promise<void>} check
 */
export async function checkThreadings(options, check) {
	for (const threading of /** @type {const} */ (["shared", "messages"])) {
		const engine = new AudioEngine({ output: "offline", threading, ...options });
		try {
			await engine.run();
			await check(threading, engine);
		} catch (error) {
			differences.push(`${threading}: ${String(error)}`);
		} finally {
			await engine.shutDown();
		}
	}
	finish();
}

/** A mono WAV file of one constant value. @param {number} frames @param {number} sampleRate @param {number} value */
export function constantWave(frames, sampleRate, value) {
	return floatWave(new Float32Array(frames).fill(value), 1, sampleRate);
}
