/** A repeatable source of numbers, xorshift32. @param seed - not 0 */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed | 0;
	}

	/** @returns 0 <= number < 1 */
	next(): number {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return (this.#state >>> 0) / 2 ** 32;
	}
}

/** Noise in -1..1. @param count - numbers, so frames times channels */
export function noise(count: number, seed: number): Float32Array<ArrayBuffer> {
	const random = new Random(seed);
	return Float32Array.from({ length: count }, () => random.next() * 2 - 1);
}

/** The same value in every frame. */
export function constant(count: number, value: number): Float32Array<ArrayBuffer> {
	return new Float32Array(count).fill(value);
}

/** The bits of an f32, as a command's word. */
export function floatBits(value: number): number {
	return new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
}

/** The bits of an f64, as two words of a command. */
export function doubleBits(value: number): number[] {
	return [...new Uint32Array(Float64Array.of(value).buffer)];
}

/** Exact comparison: the bits of each sample, so that 0 and -0 differ and NaN equals itself. */
export function bitsOf(samples: Float32Array): Uint32Array {
	return new Uint32Array(samples.slice().buffer);
}

/** Where two signals first differ in a bit, -1 when they never do. */
export function firstDifference(actual: Float32Array, expected: Float32Array): number {
	if (actual.length !== expected.length) return Math.min(actual.length, expected.length);
	const others = bitsOf(expected);
	return bitsOf(actual).findIndex((bits, index) => bits !== others[index]);
}

/** Two planar channels as one interleaved signal. */
export function interleave(left: Float32Array, right: Float32Array): Float32Array<ArrayBuffer> {
	return Float32Array.from({ length: left.length * 2 }, (_, index) => (index % 2 ? right : left)[index >> 1] ?? 0);
}
