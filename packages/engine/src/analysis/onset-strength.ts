import { GrowingFloats } from "./growing-floats.ts";
import { MelBands } from "./mel-bands.ts";
import { LANES, Spectra } from "./spectra.ts";

/** Frames per second of the mono signal that tempo and key are found in. */
export const ANALYSIS_RATE = 22_050;
/** Frames from one value to the next. */
export const HOP = 128;
/** Values per second. */
export const STRENGTH_RATE: number = ANALYSIS_RATE / HOP;

const WINDOW = 512;
const BANDS = 32;
const LOWEST_HERTZ = 30;
const HIGHEST_HERTZ = 10_500;
/** Values between which energy must rise. */
const LAG = 2;
/** Bins of the low band: 43 to 129 Hz, where bass drums are. */
const LOW_BINS = [1, 3] as const;
/** Bins of the high band: 5 to 10.3 kHz, where snares differ from what is between them. */
const HIGH_BINS = [117, 240] as const;
/** Energy, relative to a full-scale sine, from which logarithms compress. */
const COMPRESSION = 1e4;

/**
 * How strongly the sound begins at each moment: the rise of logarithmic energy, summed over mel bands, and that of the low
 * band alone.
 *
 * Thread: analysis.
 * Source: S. Dixon, "Onset detection revisited" (2006), spectral flux; the logarithm and the lag are those of S. Böck,
 * G. Widmer, "Maximum filter vibrato suppression for onset detection" (2013).
 */
export class OnsetStrength {
	readonly #spectra: Spectra;
	readonly #bands = new MelBands(BANDS, LOWEST_HERTZ, HIGHEST_HERTZ, ANALYSIS_RATE / WINDOW);
	/** What the last values rise from, a ring: logarithmic energies of the mel bands and of the low band, amplitude of the high one. */
	readonly #history: readonly Float64Array[] = Array.from({ length: LAG + 1 }, () => new Float64Array(BANDS + 2));
	readonly #all = new GrowingFloats();
	readonly #low = new GrowingFloats();
	readonly #high = new GrowingFloats();
	#count = 0;

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module) {
		const windows = { length: WINDOW, hop: HOP, lead: WINDOW / 2 };
		this.#spectra = new Spectra(module, windows, (power, lane) => this.#add(power, lane));
	}

	/** Over all bands. */
	get all(): Float32Array {
		return this.#all.values;
	}

	/** Of the low band. */
	get low(): Float32Array {
		return this.#low.values;
	}

	/** Of the high band, as a rise of amplitude: loud onsets count for more than in the others. */
	get high(): Float32Array {
		return this.#high.values;
	}

	/** @param samples - mono, at the analysis rate, the highest at about 1 */
	push(samples: Float32Array): void {
		this.#spectra.push(samples);
	}

	/** Ends the signal. */
	flush(): void {
		this.#spectra.flush();
	}

	#add(power: Float32Array, lane: number): void {
		this.#bands.sum(power, lane);
		const now = this.#history[this.#count % (LAG + 1)]!;
		// Before its first sound everything is silent.
		const before = this.#history[(this.#count + 1) % (LAG + 1)]!;
		for (let band = 0; band < BANDS; band++) now[band] = Math.log1p(COMPRESSION * this.#bands.energies[band]!);
		const low = Math.log1p(COMPRESSION * energyOf(power, lane, LOW_BINS));
		const high = Math.sqrt(energyOf(power, lane, HIGH_BINS));
		now.set([low, high], BANDS);
		let rise = 0;
		for (let band = 0; band < BANDS; band++) rise += Math.max(now[band]! - before[band]!, 0);
		this.#all.push(rise / BANDS);
		this.#low.push(Math.max(low - before[BANDS]!, 0));
		this.#high.push(Math.max(high - before[BANDS + 1]!, 0));
		this.#count += 1;
	}
}

function energyOf(power: Float32Array, lane: number, [from, to]: readonly [number, number]): number {
	let energy = 0;
	for (let bin = from; bin <= to; bin++) energy += power[LANES * bin + lane]!;
	return energy;
}
