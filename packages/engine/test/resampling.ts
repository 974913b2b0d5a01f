import { planResampling } from "../src/resample/resample-plan.ts";
import { Resampler, type ResamplerOptions } from "../src/resample/resampler.ts";
import { loaderModule } from "./loader-module.ts";
import { besselI0 } from "./tone-analysis.mjs";

/**
 * Resamples a whole recording, with a new resampler or a given one.
 *
 * @param chunkSamples - lengths of the pieces pushed, repeated in order; whole frames
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
 * The ideal windowed sinc, summed tap by tap at one time.
 *
 * @param frameAt - the input's value at any integer frame
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
