import { GrowingFloats } from "./growing-floats.ts";
import { ANALYSIS_RATE } from "./onset-strength.ts";
import { peakOffset } from "./refine-tempo.ts";
import { LANES, Spectra } from "./spectra.ts";

const WINDOW = 8192;
/** Frames from one chroma to the next. */
export const CHROMA_HOP = 2048;
const LOWEST_HERTZ = 55;
const HIGHEST_HERTZ = 2500;
/** Peaks that count in one window, and how far they may lie below its highest, as a ratio of power. */
const MOST_PEAKS = 20;
const FLOOR = 1e-5;
/** A pitch's harmonics are taken for it, each this much less than the one below. */
const HARMONICS = 4;
const HARMONIC_SHARE = 0.4;
/** Twelfths of an octave are divided by as many for the tuning to be found afterwards. */
export const DIVISIONS = 10;
export const PITCHES = 120;

/** What pitches sound, whatever their octave, in tenths of a semitone from C on. Thread: analysis. */
export class Chroma {
	readonly #spectra: Spectra;
	readonly #values = new GrowingFloats();
	readonly #one = new Float64Array(PITCHES);
	/** Of the bins up to the one behind the highest. */
	readonly #power = new Float64Array(Math.floor((HIGHEST_HERTZ * WINDOW) / ANALYSIS_RATE) + 2);

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module) {
		const windows = { length: WINDOW, hop: CHROMA_HOP, lead: WINDOW / 2 };
		this.#spectra = new Spectra(module, windows, (power, lane) => this.#add(power, lane));
	}

	/** One row of `PITCHES` amplitudes per hop. */
	get rows(): Float32Array {
		return this.#values.values;
	}

	/** @param samples - mono, at the analysis rate */
	push(samples: Float32Array): void {
		this.#spectra.push(samples);
	}

	/** Ends the signal. */
	flush(): void {
		this.#spectra.flush();
	}

	#add(spectrum: Float32Array, lane: number): void {
		const power = this.#power;
		for (let bin = 0; bin < power.length; bin++) power[bin] = spectrum[LANES * bin + lane]!;
		const row = this.#one.fill(0);
		for (const { bin, power: height } of peaksOf(power)) {
			const logarithms = [bin - 1, bin, bin + 1].map((index) => Math.log(power[index]! + Number.MIN_VALUE));
			const hertz = ((bin + peakOffset(logarithms, 1)) * ANALYSIS_RATE) / WINDOW;
			const amplitude = Math.sqrt(height);
			for (let harmonic = 1; harmonic <= HARMONICS; harmonic++) {
				const pitch = PITCHES * Math.log2(hertz / harmonic / C0);
				row[((Math.round(pitch) % PITCHES) + PITCHES) % PITCHES]! += amplitude * HARMONIC_SHARE ** (harmonic - 1);
			}
		}
		for (let pitch = 0; pitch < PITCHES; pitch++) this.#values.push(row[pitch]!);
	}
}

/** C of octave 0, with A of octave 4 at 440 Hz. */
const C0 = 440 * 2 ** (-57 / 12);

function peaksOf(power: Float64Array): { readonly bin: number; readonly power: number }[] {
	const from = Math.ceil((LOWEST_HERTZ * WINDOW) / ANALYSIS_RATE);
	const to = Math.floor((HIGHEST_HERTZ * WINDOW) / ANALYSIS_RATE);
	const peaks: { readonly bin: number; readonly power: number }[] = [];
	let highest = 1e-12;
	// Below the lowest pitch, too: what leaks from there is none.
	for (let bin = 0; bin <= to; bin++) highest = Math.max(highest, power[bin]!);
	for (let bin = from; bin <= to; bin++) {
		const height = power[bin]!;
		if (height > FLOOR * highest && height > power[bin - 1]! && height >= power[bin + 1]!)
			peaks.push({ bin, power: height });
	}
	return peaks.toSorted((one, other) => other.power - one.power).slice(0, MOST_PEAKS);
}
