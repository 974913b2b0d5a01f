import { autocorrelate } from "./autocorrelation.ts";
import { type Novelty, valueAt } from "./novelty.ts";

/** Multiples of the beat that are compared. */
const MULTIPLES = 8;
/** Weights of the parts of a fit, which were found by regression over recordings of known tempo (docs/dsp.md). */
const WEIGHT = { comb: 1, beat: 1, subdivision: 0.5, lowBand: 0.5 } as const;
/** A part that is missing must not rule a tempo out by itself. */
const FLOOR = 1e-3;

/** A line of the spectrum. */
interface Line {
	readonly real: number;
	readonly imaginary: number;
}

/** How well tempos fit a recording. Thread: analysis. */
export class TempoFit {
	readonly novelty: Novelty;
	readonly #correlation: Float64Array;
	readonly #lowCorrelation: Float64Array;
	readonly #total: number;

	constructor(novelty: Novelty) {
		this.novelty = novelty;
		this.#correlation = autocorrelate(novelty.values);
		this.#lowCorrelation = autocorrelate(novelty.low);
		this.#total = Math.max(
			novelty.values.reduce((sum, value) => sum + value, 0),
			Number.MIN_VALUE,
		);
	}

	/**
	 * How much onsets repeat after whole numbers of beats.
	 *
	 * Source: E. D. Scheirer, "Tempo and beat analysis of acoustic musical signals" (1998), whose comb this is, on the
	 * autocorrelation.
	 */
	comb(bpm: number): number {
		const beat = (60 * this.novelty.rate) / bpm;
		let sum = 0;
		for (let multiple = 1; multiple <= MULTIPLES; multiple++) sum += valueAt(this.#correlation, multiple * beat);
		return sum / MULTIPLES;
	}

	/** How much of the onsets has the period of a beat divided by a whole number, 0..1. */
	line(bpm: number, division: number): number {
		const { values, rate } = this.novelty;
		const { real, imaginary } = lineAt(values, (division * bpm) / 60 / rate);
		return Math.hypot(real, imaginary) / this.#total;
	}

	/** The logarithm of how well a tempo fits; of one that is known to a thousandth. */
	score(bpm: number): number {
		const lowBeats = valueAt(this.#lowCorrelation, (120 * this.novelty.rate) / bpm);
		return (
			WEIGHT.comb * level(this.comb(bpm)) +
			WEIGHT.beat * level(this.line(bpm, 1)) +
			// Twos only: what looks like triplets of a tempo is mostly four thirds of it.
			WEIGHT.subdivision * level(this.line(bpm, 2) + this.line(bpm, 4)) +
			WEIGHT.lowBand * level(lowBeats)
		);
	}
}

function level(value: number): number {
	return Math.log(Math.max(value, FLOOR));
}

/** The line of a signal's spectrum at a frequency, in cycles per value. */
export function lineAt(values: Float32Array, cycles: number): Line {
	const turn = 2 * Math.PI * cycles;
	const stepReal = Math.cos(turn);
	const stepImaginary = -Math.sin(turn);
	let real = 0;
	let imaginary = 0;
	let re = 1;
	let im = 0;
	for (let n = 0; n < values.length; n++) {
		real += values[n]! * re;
		imaginary += values[n]! * im;
		const next = re * stepReal - im * stepImaginary;
		im = re * stepImaginary + im * stepReal;
		re = next;
		// Rounding would change the pointer's length over a long signal.
		if ((n & 1023) === 1023) {
			re = Math.cos(turn * (n + 1));
			im = -Math.sin(turn * (n + 1));
		}
	}
	return { real, imaginary };
}
