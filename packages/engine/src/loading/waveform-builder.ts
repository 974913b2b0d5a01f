import { FRAMES_PER_PEAK, type SampleWaveform } from "../protocol/sample-waveform.ts";

/** The loader module's exports that find extremes, in whose memory the samples lie. */
export interface ExtremesExports {
	readonly lowest: { readonly value: number };
	readonly highest: { readonly value: number };
	findExtremes(address: number, count: number): void;
}

const INITIAL_PEAKS = 1024;

/** Finds the waveform of a sample, whose pieces come one after the other. Thread: loader. */
export class WaveformBuilder {
	readonly #samplesPerPeak: number;
	#lows: Float32Array<ArrayBuffer> = new Float32Array(INITIAL_PEAKS);
	#highs: Float32Array<ArrayBuffer> = new Float32Array(INITIAL_PEAKS);
	#samples = 0;

	constructor(channels: number) {
		this.#samplesPerPeak = FRAMES_PER_PEAK * channels;
	}

	/** Goes on by cleaned samples. @param samples - in the memory of the exports */
	add(exports: ExtremesExports, samples: Float32Array): void {
		for (let start = 0; start < samples.length; ) {
			const within = this.#samples % this.#samplesPerPeak;
			const count = Math.min(this.#samplesPerPeak - within, samples.length - start);
			exports.findExtremes(samples.byteOffset + start * samples.BYTES_PER_ELEMENT, count);
			this.#widen(exports.lowest.value, exports.highest.value, within === 0);
			this.#samples += count;
			start += count;
		}
	}

	/** @returns the waveform of all pieces, in arrays of its own. */
	build(): SampleWaveform {
		const peaks = Math.ceil(this.#samples / this.#samplesPerPeak);
		return { framesPerPeak: FRAMES_PER_PEAK, lows: this.#lows.slice(0, peaks), highs: this.#highs.slice(0, peaks) };
	}

	#widen(low: number, high: number, isFirst: boolean): void {
		const peak = Math.floor(this.#samples / this.#samplesPerPeak);
		if (peak === this.#lows.length) {
			this.#lows = twiceAsLong(this.#lows);
			this.#highs = twiceAsLong(this.#highs);
		}
		this.#lows[peak] = isFirst ? low : Math.min(low, this.#lows[peak]!);
		this.#highs[peak] = isFirst ? high : Math.max(high, this.#highs[peak]!);
	}
}

function twiceAsLong(values: Float32Array): Float32Array<ArrayBuffer> {
	const longer = new Float32Array(2 * values.length);
	longer.set(values);
	return longer;
}
