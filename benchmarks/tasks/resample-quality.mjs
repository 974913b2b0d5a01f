// How much does resampling change a recording: here, in libsoxr, in SoX and in Chromium's decodeAudioData?
//
// Each resampler gets the same mono recording of consecutive f32 sines. The middle of each sine is analysed, out of the
// filter's reach of the others:
// * ripple: the largest change of level at eight places of the band, up to 0.907 of the lower Nyquist frequency;
// * THD+N: everything but the tone, relative to it;
// * spur: the highest line besides any of the eight tones, relative to it;
// * alias: the highest level left of a tone between the Nyquist frequencies, if the output's is the lower one.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { decibels, highestLine, level, removeTone } from "../../packages/engine/test/tone-analysis.mjs";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { resampleHere, resampleWithBrowser, resampleWithSox, resampleWithSoxr } from "../peers/resamplers.mjs";
import { compileSoxr } from "../peers/soxr.mjs";

const AMPLITUDE = 0.9;
const ANALYSED_FRAMES = 16_384;
/** Margin around the analysed frames, far beyond the reach of any filter. */
const EDGE_SECONDS = 0.1;
const FADE_SECONDS = EDGE_SECONDS / 2;
/** Shares of the band whose sines have no short period, so that the rounding of the input is noise, not tones. */
const BAND_SHARES = [0.00314, 0.04171, 0.10037, 0.31153, 0.50031, 0.70039, 0.80093, 0.90717];
const DISTORTION_HERTZ = [1000, 10_000];
/** Fractions of the way from the lower to the higher Nyquist frequency. */
const ALIAS_SHARES = [0.001, 0.07, 0.3, 0.77, 0.99];
const cases = /** @type {const} */ ([
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[22_050, 48_000],
	[48_000, 47_999],
]);

/** @typedef {import("../peers/resamplers.mjs").Rates} Rates */

/** The frequencies of a recording, by figure. @param {Rates} rates */
function frequencies({ inputRate, outputRate }) {
	const nyquist = Math.min(inputRate, outputRate) / 2;
	const above = Math.max(0, inputRate / 2 - nyquist);
	const band = BAND_SHARES.map((share) => share * nyquist);
	const alias = above > 0 ? ALIAS_SHARES.map((share) => nyquist + share * above) : [];
	return { band, alias, all: [...band, ...DISTORTION_HERTZ, ...alias] };
}

/** Length of one sine. @param {Rates} rates */
function toneSeconds({ outputRate }) {
	return ANALYSED_FRAMES / outputRate + 2 * EDGE_SECONDS;
}

/** Consecutive sines, faded in and out so that no filter overshoots. @param {readonly number[]} tones - hertz @param {Rates} rates */
function record(tones, rates) {
	const seconds = toneSeconds(rates);
	const recording = new Float32Array(Math.ceil(tones.length * seconds * rates.inputRate));
	return recording.map((_, frame) => {
		const time = frame / rates.inputRate;
		const index = Math.floor(time / seconds);
		const distance = Math.min(time - index * seconds, (index + 1) * seconds - time);
		const fade = Math.sin((Math.PI / 2) * Math.min(1, distance / FADE_SECONDS)) ** 2;
		return AMPLITUDE * fade * Math.sin(2 * Math.PI * (tones[index] ?? 0) * time);
	});
}

/** @param {Float32Array} output @param {Rates} rates */
function assess(output, rates) {
	const { band, alias, all } = frequencies(rates);
	const analysed = new Map(
		all.map((hertz, index) => {
			const start = Math.round((index * toneSeconds(rates) + EDGE_SECONDS) * rates.outputRate);
			return [hertz, output.subarray(start, start + ANALYSED_FRAMES)];
		}),
	);
	/** @param {number} hertz */
	const tone = (hertz) => {
		const samples = analysed.get(hertz);
		if (samples?.length !== ANALYSED_FRAMES) throw new Error(`The output ends before the tone of ${hertz} Hz.`);
		return { samples, ...removeTone(samples, rates.outputRate, hertz) };
	};
	const passed = band.map(tone);
	return {
		ripple: Math.max(...passed.map(({ amplitude }) => Math.abs(decibels(amplitude / AMPLITUDE)))),
		distortion: DISTORTION_HERTZ.map(tone).map(({ amplitude, residual }) =>
			decibels((level(residual) * Math.SQRT2) / amplitude),
		),
		spur: decibels(Math.max(...passed.map(({ amplitude, residual }) => highestLine(residual) / amplitude))),
		alias: decibels(Math.max(...alias.map((hertz) => (level(tone(hertz).samples) * Math.SQRT2) / AMPLITUDE))),
	};
}

const folder = mkdtempSync(join(tmpdir(), "looper-bench-"));
const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
try {
	const soxr = compileSoxr(folder);
	if (soxr === null) throw new Error("libsoxr needs a C compiler and Debian's libsoxr-dev. Install them.");
	const resamplers = {
		"Flitzis Looper": resampleHere,
		"libsoxr VHQ": resampleWithSoxr(soxr),
		"sox rate -v": resampleWithSox,
		[`Chromium ${browser.version().split(".")[0]}`]: resampleWithBrowser(await browser.newPage()),
	};
	console.log(
		"| Hz | resampler | ripple, dB | THD+N at 1 / 10 kHz, dB | spur, dB | alias, dB |\n|---|---|---|---|---|---|",
	);
	for (const [inputRate, outputRate] of cases) {
		const rates = { inputRate, outputRate };
		const recording = record(frequencies(rates).all, rates);
		for (const [name, resample] of Object.entries(resamplers)) {
			const { ripple, distortion, spur, alias } = assess(await resample(recording, rates), rates);
			const cells = [
				`${inputRate} → ${outputRate}`,
				name,
				ripple.toPrecision(2),
				distortion.map((value) => value.toFixed(1)).join(" / "),
				spur.toFixed(1),
				Number.isFinite(alias) ? alias.toFixed(1) : "",
			];
			console.log(`| ${cells.join(" | ")} |`);
		}
	}
} finally {
	await browser.close();
	rmSync(folder, { recursive: true });
}
