/** The equalizer of one channel in f64, frame by frame, with gains that stand still: what the kernel's differs from is noise. */
export function equalizerModel(gains: readonly [low: number, middle: number, high: number], sampleRate = 48_000) {
	const upper = [4000, 4000].map((hertz) => new Section(hertz, sampleRate));
	const lower = [250, 250, 250].map((hertz) => new Section(hertz, sampleRate));
	const [lowGain, middleGain, highGain] = gains;
	return (input: number): number => {
		const below = upper[1]!.next(upper[0]!.next(input).low).low;
		const above = upper[0]!.all(input) - below;
		const low = lower[1]!.next(lower[0]!.next(below).low).low;
		const middle = lower[0]!.all(below) - low;
		lower[2]!.next(above);
		return lowGain * low + middleGain * middle + highGain * lower[2]!.all(above);
	};
}

/** A Butterworth section, trapezoidal, with coefficients as exact as f32 has them. */
class Section {
	readonly #step: number;
	readonly #input: number;
	readonly #loss: number;
	#bandState = 0;
	#lowState = 0;
	#band = 0;

	constructor(hertz: number, sampleRate: number) {
		const step = Math.tan((Math.PI * hertz) / sampleRate);
		const input = 1 / (1 + step * (step + Math.SQRT2));
		this.#step = Math.fround(step);
		this.#input = Math.fround(step * input);
		this.#loss = Math.fround(1 - input);
	}

	next(input: number): { readonly low: number } {
		const change = this.#input * (input - this.#lowState) - this.#loss * this.#bandState;
		this.#band = this.#bandState + change;
		this.#bandState += 2 * change;
		const low = this.#lowState + this.#step * this.#band;
		this.#lowState += 2 * this.#step * this.#band;
		return { low };
	}

	/** The all-pass of the input that came last. */
	all(input: number): number {
		return input - 2 * Math.SQRT2 * this.#band;
	}
}
