/** Coefficients of a second-order filter, that of the output's first sample being 1. */
interface Biquad {
	readonly b: readonly [number, number, number];
	readonly a: readonly [number, number];
}

/** Frequency, gain in decibels and quality of the shelf, for a head's effect, and of the high-pass behind it. */
const SHELF = { hertz: 1681.974450955533, decibels: 3.999843853973347, quality: 0.7071752369554196 } as const;
const HIGH_PASS = { hertz: 38.13547087602444, quality: 0.5003270373238773 } as const;

/**
 * The two filters that weight sound before its loudness is measured, at any rate.
 *
 * Source: ITU-R BS.1770-4; the analogue parameters behind its coefficients at 48 kHz are those of B. De Man, "Evaluation of
 * implementations of the EBU R128 loudness measurement" (2018).
 */
export class KWeighting {
	readonly #shelf: Biquad;
	readonly #highPass: Biquad;
	/** What the filters remember: two numbers each. */
	readonly #state = new Float64Array(4);

	constructor(sampleRate: number) {
		this.#shelf = shelf(sampleRate);
		this.#highPass = highPass(sampleRate);
	}

	/** The sum of squares of the next samples, weighted. @param span - which of the samples are this filter's */
	energy(
		samples: Float32Array,
		{ first, step, count }: { readonly first: number; readonly step: number; readonly count: number },
	): number {
		const [b0, b1, b2] = this.#shelf.b;
		const [a1, a2] = this.#shelf.a;
		const [c1, c2] = this.#highPass.a;
		let [s1 = 0, s2 = 0, t1 = 0, t2 = 0] = this.#state;
		let sum = 0;
		for (let at = first, end = first + count * step; at < end; at += step) {
			const input = samples[at]!;
			const shelved = b0 * input + s1;
			s1 = b1 * input - a1 * shelved + s2;
			s2 = b2 * input - a2 * shelved;
			const output = shelved + t1;
			t1 = -2 * shelved - c1 * output + t2;
			t2 = shelved - c2 * output;
			sum += output * output;
		}
		this.#state.set([s1, s2, t1, t2]);
		return sum;
	}
}

function shelf(sampleRate: number): Biquad {
	const k = Math.tan((Math.PI * SHELF.hertz) / sampleRate);
	const high = 10 ** (SHELF.decibels / 20);
	const band = high ** 0.4996667741545416;
	const a0 = 1 + k / SHELF.quality + k * k;
	return {
		b: [
			(high + (band * k) / SHELF.quality + k * k) / a0,
			(2 * (k * k - high)) / a0,
			(high - (band * k) / SHELF.quality + k * k) / a0,
		],
		a: [(2 * (k * k - 1)) / a0, (1 - k / SHELF.quality + k * k) / a0],
	};
}

/** Its numerator is 1, -2, 1 at every rate, as in the recommendation. */
function highPass(sampleRate: number): Biquad {
	const k = Math.tan((Math.PI * HIGH_PASS.hertz) / sampleRate);
	const a0 = 1 + k / HIGH_PASS.quality + k * k;
	return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / HIGH_PASS.quality + k * k) / a0] };
}
