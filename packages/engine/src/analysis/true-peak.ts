/** How many values per sample are looked at, and how many samples make up each of those between. */
const OVERSAMPLING = 4;
const TAPS = 16;
/** Samples whose highest decides whether to look between them. */
const STRIDE = 32;

/** The filters of the values a quarter, a half and three quarters behind a sample. */
const PHASES: readonly Float64Array[] = Array.from({ length: OVERSAMPLING - 1 }, (_, index) => {
	const taps = Float64Array.from({ length: TAPS }, (__, tap) => {
		const distance = tap - (TAPS / 2 - 1) - (index + 1) / OVERSAMPLING;
		const share = distance / (TAPS / 2);
		return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * (0.5 + 0.5 * Math.cos(Math.PI * share));
	});
	const sum = taps.reduce((total, tap) => total + tap, 0);
	return taps.map((tap) => tap / sum);
});
/** The most that a value between can exceed the highest sample around it. */
const MOST_GAIN = Math.max(...PHASES.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/**
 * The highest value of one channel, between its samples too.
 *
 * Thread: loader.
 * Source: ITU-R BS.1770-4, annex 2: fourfold oversampling; here by a sinc of 16 samples under a Hann window.
 */
export class TruePeak {
	/** The last samples of the piece before, and those of this one. */
	#buffer = new Float64Array(TAPS);
	#peak = 0;

	/** @param samples - interleaved @param channel - which of the channels is this meter's */
	push(samples: Float32Array, channel: number, channels: number): void {
		const count = samples.length / channels;
		const buffer = new Float64Array(TAPS + count);
		buffer.set(this.#buffer.subarray(this.#buffer.length - TAPS));
		for (let frame = 0; frame < count; frame++) buffer[TAPS + frame] = samples[frame * channels + channel]!;
		this.#buffer = buffer;
		// Together with the samples before them, because filters reach back.
		for (let at = 0; at < count; at += STRIDE) this.#look(at, Math.min(STRIDE, count - at));
	}

	/** Ends the channel. */
	read(): number {
		this.push(new Float32Array(TAPS), 0, 1);
		return this.#peak;
	}

	#look(from: number, count: number): void {
		const buffer = this.#buffer;
		let highest = 0;
		for (let at = from; at < from + count + TAPS; at++) highest = Math.max(highest, Math.abs(buffer[at]!));
		this.#peak = Math.max(this.#peak, highest);
		if (highest * MOST_GAIN <= this.#peak) return;
		for (const taps of PHASES) {
			for (let at = from; at < from + count; at++) {
				let value = 0;
				for (let tap = 0; tap < TAPS; tap++) value += taps[tap]! * buffer[at + tap + 1]!;
				this.#peak = Math.max(this.#peak, Math.abs(value));
			}
		}
	}
}
