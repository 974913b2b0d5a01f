import { headFrames, SEAM_FRAMES, seamFrames, tailFrames } from "../protocol/seam.ts";
import { greatestCommonDivisor } from "./ratio.ts";
import type { Resampler } from "./resampler.ts";

/**
 * Builds the edges of a recording that loops: its first and last frames, resampled as if the recording were repeated as
 * far as the filter reaches. It keeps both ends of the recording for that.
 *
 * Thread: loader.
 */
export class SeamBuilder {
	/** Output frames at either end that depend on the other end. */
	readonly edgeFrames: number;
	readonly #resampler: Resampler;
	/** Input and output frames between points where the frames of both rates coincide. */
	readonly #inputUnit: number;
	readonly #outputUnit: number;
	readonly #first: KeptFrames;
	readonly #last: KeptFrames;
	#framesTaken = 0;

	/** @param resampler - the one that processes the recording; `build` reuses it afterwards */
	constructor(resampler: Resampler) {
		const { reach, options } = resampler;
		const { inputRate, outputRate, channels } = options;
		this.#resampler = resampler;
		const divisor = greatestCommonDivisor(inputRate, outputRate);
		this.#inputUnit = inputRate / divisor;
		this.#outputUnit = outputRate / divisor;
		this.edgeFrames = Math.ceil(((reach + 1) * outputRate) / inputRate) + 1;
		const span = Math.ceil(((this.edgeFrames + SEAM_FRAMES + 1) * inputRate) / outputRate) + reach + 2;
		this.#first = new KeptFrames(span, channels);
		this.#last = new KeptFrames(span + this.#inputUnit, channels);
	}

	/** Takes the recording's next frames, interleaved. */
	take(samples: Float32Array): void {
		this.#first.fill(samples);
		this.#last.push(samples);
		this.#framesTaken += samples.length / this.#resampler.options.channels;
	}

	/**
	 * Builds the edges of everything taken.
	 *
	 * @param frames - frames of the recording after resampling
	 * @returns `seamFrames` frames, interleaved: those before the head, the head's, the tail's, and those behind it.
	 */
	build(frames: number): Float32Array {
		const { channels } = this.#resampler.options;
		const head = headFrames(frames, this.edgeFrames);
		const tail = tailFrames(frames, this.edgeFrames);
		const edges = new Float32Array(seamFrames(frames, this.edgeFrames) * channels);
		const tailStart = (SEAM_FRAMES + head) * channels;
		this.#resample(-SEAM_FRAMES, edges.subarray(0, tailStart));
		this.#resample(frames - tail, edges.subarray(tailStart));
		return edges;
	}

	/** Resamples a part of the looped recording. @param first - its first output frame */
	#resample(first: number, into: Float32Array): void {
		const { inputRate, outputRate, channels } = this.#resampler.options;
		const reach = this.#resampler.reach + 1;
		const count = into.length / channels;
		// A run must begin where the frames of both rates coincide to align its output with the recording.
		const units = Math.floor(((first * inputRate) / outputRate - reach) / this.#inputUnit);
		const end = Math.ceil(((first + count) * inputRate) / outputRate) + reach;
		const samples = this.#wrapped(units * this.#inputUnit, end);
		let at = (units * this.#outputUnit - first) * channels;
		const emit = (output: Float32Array): void => {
			const wanted = output.subarray(Math.max(-at, 0), Math.max(into.length - at, 0));
			into.set(wanted, Math.min(Math.max(at, 0), into.length));
			at += output.length;
		};
		this.#resampler.reset();
		this.#resampler.push(samples, emit);
		this.#resampler.flush(emit);
	}

	/** @returns a range of the looped recording's frames, wrapping at its ends. */
	#wrapped(start: number, end: number): Float32Array {
		const { channels } = this.#resampler.options;
		const samples = new Float32Array((end - start) * channels);
		const total = this.#framesTaken;
		const lastStart = total - this.#last.frames;
		let frame = ((start % total) + total) % total;
		for (let at = 0; at < samples.length; ) {
			const isAtEnd = frame >= lastStart;
			const kept = isAtEnd ? this.#last.from(frame - lastStart) : this.#first.from(frame);
			if (kept.length === 0) throw new Error(`Frame ${frame} of ${total} was not kept.`);
			const part = kept.subarray(0, samples.length - at);
			samples.set(part, at);
			at += part.length;
			frame = (frame + part.length / channels) % total;
		}
		return samples;
	}
}

/** A bounded number of interleaved frames. */
class KeptFrames {
	readonly #samples: Float32Array;
	readonly #channels: number;
	#length = 0;

	constructor(frames: number, channels: number) {
		this.#samples = new Float32Array(frames * channels);
		this.#channels = channels;
	}

	get frames(): number {
		return this.#length / this.#channels;
	}

	/** Appends as many frames as fit. */
	fill(samples: Float32Array): void {
		const part = samples.subarray(0, this.#samples.length - this.#length);
		this.#samples.set(part, this.#length);
		this.#length += part.length;
	}

	/** Appends all frames, dropping the oldest ones if necessary. */
	push(samples: Float32Array): void {
		const part = samples.subarray(Math.max(samples.length - this.#samples.length, 0));
		const excess = Math.max(this.#length + part.length - this.#samples.length, 0);
		this.#samples.copyWithin(0, excess, this.#length);
		this.#length -= excess;
		this.fill(part);
	}

	/** @returns the kept frames from one on. */
	from(frame: number): Float32Array {
		return this.#samples.subarray(frame * this.#channels, this.#length);
	}
}
