// Runs one mono recording through each resampler, f32 in and f32 out, which excludes dither and rounding to integers.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resampledFrames } from "../../packages/engine/dist/resample/ratio.js";
import { Resampler } from "../../packages/engine/dist/resample/resampler.js";
import { programPath } from "../../scripts/ensure-programs.mjs";

const MAX_OUTPUT_BYTES = 2 ** 28;
const WAVE_HEADER_BYTES = 44;
const WAVE_FORMAT_FLOAT = 3;

/** @typedef {{ inputRate: number, outputRate: number }} Rates */
/** @typedef {(recording: Float32Array, rates: Rates) => Float32Array | Promise<Float32Array>} Resample */

const module = new WebAssembly.Module(readFileSync(new URL("../../packages/kernel/dist/loader.wasm", import.meta.url)));

/** @param {Uint8Array} bytes */
function samplesOf(bytes) {
	return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** @param {Float32Array} samples */
function bytesOf(samples) {
	return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** The engine's own resampler. @type {Resample} */
export function resampleHere(recording, { inputRate, outputRate }) {
	const resampler = new Resampler(module, { inputRate, outputRate, channels: 1 });
	const output = new Float32Array(resampledFrames(recording.length, inputRate, outputRate));
	let given = 0;
	/** @param {Float32Array} samples */
	const emit = (samples) => {
		output.set(samples, given);
		given += samples.length;
	};
	resampler.push(recording, emit);
	resampler.flush(emit);
	return output;
}

/** libsoxr at very high quality. @param {string} program - compiled soxr.c @returns {Resample} */
export function resampleWithSoxr(program) {
	return (recording, { inputRate, outputRate }) => {
		const options = { input: bytesOf(recording), maxBuffer: MAX_OUTPUT_BYTES };
		return samplesOf(execFileSync(program, [`${inputRate}`, `${outputRate}`, "1"], options));
	};
}

/** SoX's `rate -v`. @type {Resample} */
export function resampleWithSox(recording, { inputRate, outputRate }) {
	const raw = ["-t", "raw", "-e", "floating-point"];
	// SoX rounds 32-bit float output to multiples of 2⁻²⁴, which would hide quieter errors.
	const files = [...raw, "-b", "32", "-r", `${inputRate}`, "-c", "1", "-", ...raw, "-b", "64", "-"];
	const options = { input: bytesOf(recording), maxBuffer: MAX_OUTPUT_BYTES };
	const effect = ["rate", "-v", `${outputRate}`];
	const bytes = execFileSync(programPath("sox"), ["-R", "-D", ...files, ...effect], options);
	return Float32Array.from(new Float64Array(Uint8Array.from(bytes).buffer));
}

/** A mono WAV file of 32-bit floats. @param {Float32Array} samples @param {number} sampleRate */
function waveFile(samples, sampleRate) {
	const file = Buffer.alloc(WAVE_HEADER_BYTES + samples.byteLength);
	file.write("RIFF", 0);
	file.writeUInt32LE(file.length - 8, 4);
	file.write("WAVEfmt ", 8);
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(WAVE_FORMAT_FLOAT, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(sampleRate, 24);
	file.writeUInt32LE(sampleRate * 4, 28);
	file.writeUInt16LE(4, 32);
	file.writeUInt16LE(32, 34);
	file.write("data", 36);
	file.writeUInt32LE(samples.byteLength, 40);
	file.set(bytesOf(samples), WAVE_HEADER_BYTES);
	return file;
}

/** Decodes a file at a context's rate and returns the first channel's bytes. Runs in the page. @param {{ wave: string, sampleRate: number }} job */
async function decodeInPage({ wave, sampleRate }) {
	const file = await (await fetch(`data:audio/wav;base64,${wave}`)).arrayBuffer();
	const decoded = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(file);
	/** @type {string} */
	const url = await new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.addEventListener("load", () => {
			if (typeof reader.result === "string") resolve(reader.result);
		});
		reader.addEventListener("error", () => reject(reader.error));
		reader.readAsDataURL(new Blob([decoded.getChannelData(0)]));
	});
	return url.slice(url.indexOf(",") + 1);
}

/** Resampling by a browser's decodeAudioData. @param {import("@playwright/test").Page} page @returns {Resample} */
export function resampleWithBrowser(page) {
	return async (recording, { inputRate, outputRate }) => {
		const wave = waveFile(recording, inputRate).toString("base64");
		return samplesOf(Buffer.from(await page.evaluate(decodeInPage, { wave, sampleRate: outputRate }), "base64"));
	};
}
