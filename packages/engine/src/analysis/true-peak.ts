import { WasmMemory } from "./wasm-memory.ts";

/** The loader module's export that looks between samples. */
interface PeakExports {
	oversampledPeak(samples: number, count: number, filters: number, places: number, taps: number): number;
}

/** Places looked at per sample, the sample's own included, and samples that make up each of the others. */
const OVERSAMPLING = 4;
const TAPS = 32;
/** The shape of the window (Kaiser's). */
const BETA = 9;
/** Samples of one call. */
const BATCH = 4096;

/** The filters of the places a quarter, a half and three quarters behind a sample, one after the other. */
const FILTERS: readonly number[] = Array.from({ length: OVERSAMPLING - 1 }, (_, place) => {
	const taps = Array.from({ length: TAPS }, (__, tap) => {
		const distance = tap - (TAPS / 2 - 1) - (place + 1) / OVERSAMPLING;
		const share = distance / (TAPS / 2);
		const window = bessel(BETA * Math.sqrt(Math.max(1 - share * share, 0))) / bessel(BETA);
		const angle = Math.PI * distance;
		return (window * Math.sin(angle)) / angle;
	});
	const sum = taps.reduce((total, tap) => total + tap, 0);
	return taps.map((tap) => tap / sum);
}).flat();

/** The modified Bessel function of the first kind, of order 0, by its series. */
function bessel(x: number): number {
	let sum = 1;
	for (let term = 1, n = 1; term > 1e-12 * sum; n++) {
		term *= (x / (2 * n)) ** 2;
		sum += term;
	}
	return sum;
}

/**
 * The highest value of one channel, between its samples too.
 *
 * Thread: analysis.
 * Source: ITU-R BS.1770-4, annex 2: fourfold oversampling; here by a sinc of 32 samples under a Kaiser window, as in ffmpeg.
 */
export class TruePeak {
	readonly #exports: PeakExports;
	readonly #addresses: { readonly samples: number; readonly filters: number };
	/** The last samples of the batch before, and those of this one. */
	readonly #samples: Float32Array;
	#peak = 0;

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module) {
		const memory = new WasmMemory<PeakExports>(module);
		this.#exports = memory.exports;
		// Four at a time may be read behind the last one.
		const room = TAPS - 1 + BATCH + 3;
		this.#addresses = { samples: memory.allocate(4 * room), filters: memory.allocate(4 * FILTERS.length) };
		memory.floats(this.#addresses.filters, FILTERS.length).set(FILTERS);
		this.#samples = memory.floats(this.#addresses.samples, room);
	}

	/** @param samples - interleaved @param channel - which of the channels is this meter's */
	push(samples: Float32Array, channel: number, channels: number): void {
		const frames = samples.length / channels;
		for (let first = 0; first < frames; first += BATCH) {
			const count = Math.min(BATCH, frames - first);
			for (let frame = 0; frame < count; frame++)
				this.#samples[TAPS - 1 + frame] = samples[(first + frame) * channels + channel]!;
			const { samples: address, filters } = this.#addresses;
			const peak = this.#exports.oversampledPeak(address, count, filters, OVERSAMPLING - 1, TAPS);
			this.#peak = Math.max(this.#peak, peak);
			this.#samples.copyWithin(0, count, count + TAPS - 1);
		}
	}

	/** Ends the channel. */
	read(): number {
		this.push(new Float32Array(TAPS), 0, 1);
		return this.#peak;
	}
}
