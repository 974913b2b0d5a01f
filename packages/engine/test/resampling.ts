import { readFileSync } from "node:fs";
import { planResampling } from "../src/resample/resample-plan.ts";
import { Resampler, type ResamplerOptions } from "../src/resample/resampler.ts";

/** The built `loader.wasm`. */
export const loaderModule: WebAssembly.Module = new WebAssembly.Module(
	readFileSync(new URL("../../kernel/dist/loader.wasm", import.meta.url)),
);

/**
 * Resamples a whole recording, or the next one with a resampler that is at hand.
 *
 * @param chunkSamples - lengths of the pieces pushed one after the other, in turn; whole frames
 */
export function resample(
	samples: Float32Array,
	by: ResamplerOptions | Resampler,
	chunkSamples: readonly number[] = [samples.length],
): Float32Array {
	const resampler = by instanceof Resampler ? by : new Resampler(loaderModule, by);
	const parts: Float32Array[] = [];
	const emit = (output: Float32Array): void => {
		parts.push(output.slice());
	};
	for (let at = 0, turn = 0; at < samples.length; turn++) {
		const length = chunkSamples[turn % chunkSamples.length]!;
		resampler.push(samples.subarray(at, at + length), emit);
		at += length;
	}
	resampler.flush(emit);
	const output = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		output.set(part, offset);
		offset += part.length;
	}
	return output;
}

/**
 * The windowed sinc that the resampler stands for, summed tap by tap at one moment.
 *
 * @param frameAt - gives the input's frame of a number, of any whole one
 */
export function windowedSinc(
	frameAt: (frame: number) => number,
	moment: number,
	{ inputRate, outputRate }: Pick<ResamplerOptions, "inputRate" | "outputRate">,
): number {
	const { cutoff, halfTaps, beta } = planResampling(inputRate, outputRate)!.lowPass;
	const reach = halfTaps + 1;
	const windowTop = besselI0(beta);
	let sum = 0;
	for (let frame = Math.ceil(moment - reach); frame <= moment + reach; frame++) {
		const distance = moment - frame;
		const share = distance / reach;
		const x = 2 * Math.PI * cutoff * distance;
		const sinc = x === 0 ? 1 : Math.sin(x) / x;
		const window = besselI0(beta * Math.sqrt(Math.max(0, 1 - share * share))) / windowTop;
		sum += frameAt(frame) * 2 * cutoff * sinc * window;
	}
	return sum;
}

/** A mono sine of amplitude 0.9. */
export function tone(frames: number, sampleRate: number, hertz: number): Float32Array {
	return Float32Array.from(
		{ length: frames },
		(_, frame) => 0.9 * Math.sin((2 * Math.PI * hertz * frame) / sampleRate),
	);
}

/** One channel of interleaved frames. */
export function channelOf(samples: Float32Array, channel: number, channels: number): Float32Array {
	return Float32Array.from({ length: samples.length / channels }, (_, frame) => samples[frame * channels + channel]!);
}

export function decibels(ratio: number): number {
	return 20 * Math.log10(ratio);
}

/** Root mean square. */
export function level(samples: ArrayLike<number>): number {
	let sum = 0;
	for (let index = 0; index < samples.length; index++) sum += samples[index]! ** 2;
	return Math.sqrt(sum / samples.length);
}

/** What is left of a recording when the sine of a known frequency that fits best is taken away, and that sine. */
export function fitSine(
	samples: Float32Array,
	sampleRate: number,
	hertz: number,
): { amplitude: number; cosine: number; sine: number; residual: Float64Array } {
	const turn = (2 * Math.PI * hertz) / sampleRate;
	let [cc, cs, ss, xc, xs] = [0, 0, 0, 0, 0];
	for (let frame = 0; frame < samples.length; frame++) {
		const c = Math.cos(turn * frame);
		const s = Math.sin(turn * frame);
		cc += c * c;
		cs += c * s;
		ss += s * s;
		xc += samples[frame]! * c;
		xs += samples[frame]! * s;
	}
	const determinant = cc * ss - cs * cs;
	const cosine = (xc * ss - xs * cs) / determinant;
	const sine = (xs * cc - xc * cs) / determinant;
	const residual = Float64Array.from(
		samples,
		(sample, frame) => sample - cosine * Math.cos(turn * frame) - sine * Math.sin(turn * frame),
	);
	return { amplitude: Math.hypot(cosine, sine), cosine, sine, residual };
}

/** The highest line of a spectrum under a Kaiser window (beta 20), as the amplitude of a sine. */
export function highestLine(samples: Float64Array): number {
	const length = samples.length;
	const real = new Float64Array(length);
	let windowSum = 0;
	for (let index = 0; index < length; index++) {
		const x = (2 * index + 1) / length - 1;
		const weight = besselI0(20 * Math.sqrt(1 - x * x));
		windowSum += weight;
		real[index] = samples[index]! * weight;
	}
	const imaginary = new Float64Array(length);
	transform(real, imaginary);
	let highest = 0;
	for (let bin = 0; bin <= length / 2; bin++) highest = Math.max(highest, Math.hypot(real[bin]!, imaginary[bin]!));
	return (2 * highest) / windowSum;
}

/** Modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
	let term = 1;
	let sum = 1;
	for (let k = 1; term > sum * 1e-17; k++) {
		term *= (x / (2 * k)) ** 2;
		sum += term;
	}
	return sum;
}

/** Fourier transform in place, of a power of two points, by recursion on even and odd ones. */
function transform(real: Float64Array, imaginary: Float64Array): void {
	const half = real.length / 2;
	if (half < 1) return;
	const [evenReal, oddReal, evenImaginary, oddImaginary] = [real, real, imaginary, imaginary].map((values, part) =>
		Float64Array.from({ length: half }, (_, index) => values[2 * index + (part % 2)]!),
	) as [Float64Array, Float64Array, Float64Array, Float64Array];
	transform(evenReal, evenImaginary);
	transform(oddReal, oddImaginary);
	for (let k = 0; k < half; k++) {
		const c = Math.cos((Math.PI * k) / half);
		const s = Math.sin((Math.PI * k) / half);
		const turnedReal = oddReal[k]! * c + oddImaginary[k]! * s;
		const turnedImaginary = oddImaginary[k]! * c - oddReal[k]! * s;
		real[k] = evenReal[k]! + turnedReal;
		imaginary[k] = evenImaginary[k]! + turnedImaginary;
		real[k + half] = evenReal[k]! - turnedReal;
		imaginary[k + half] = evenImaginary[k]! - turnedImaginary;
	}
}
