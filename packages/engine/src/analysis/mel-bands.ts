import { LANES } from "./spectra.ts";

/** A band: weights of consecutive bins. */
interface Band {
	readonly firstBin: number;
	readonly weights: Float64Array;
}

/**
 * Triangular bands, evenly spaced on the mel scale; the narrowest have one bin.
 *
 * Source: S. S. Stevens, J. Volkmann, E. B. Newman (1937); the scale in the form of D. O'Shaughnessy, "Speech Communication" (1987).
 */
export class MelBands {
	/** The energy of each band, after `sum`. */
	readonly energies: Float64Array;
	readonly #bands: readonly Band[];

	/** @param binHertz - distance between bins */
	constructor(count: number, lowestHertz: number, highestHertz: number, binHertz: number) {
		const lowest = melOf(lowestHertz);
		const step = (melOf(highestHertz) - lowest) / (count + 1);
		const edge = (index: number): number => hertzOf(lowest + index * step) / binHertz;
		this.#bands = Array.from({ length: count }, (_, index) => band(edge(index), edge(index + 1), edge(index + 2)));
		this.energies = new Float64Array(count);
	}

	/** @param power - of each bin, in the lane of a TakeSpectrum */
	sum(power: Float32Array, lane: number): void {
		for (let index = 0; index < this.#bands.length; index++) {
			const { firstBin, weights } = this.#bands[index]!;
			let energy = 0;
			for (let bin = 0; bin < weights.length; bin++) energy += weights[bin]! * power[LANES * (firstBin + bin) + lane]!;
			this.energies[index] = energy;
		}
	}
}

function band(from: number, middle: number, to: number): Band {
	const firstBin = Math.ceil(from);
	const weights: number[] = [];
	for (let bin = firstBin; bin < to; bin++)
		weights.push(bin <= middle ? (bin - from) / Math.max(middle - from, 1e-9) : (to - bin) / (to - middle));
	// A band between two bins takes the nearer one.
	if (weights.every((weight) => weight <= 0)) return { firstBin: Math.round(middle), weights: Float64Array.of(1) };
	return { firstBin, weights: Float64Array.from(weights) };
}

function melOf(hertz: number): number {
	return 2595 * Math.log10(1 + hertz / 700);
}

function hertzOf(mel: number): number {
	return 700 * (10 ** (mel / 2595) - 1);
}
