import { LooperError } from "../errors.ts";
import { resampledFrames } from "./ratio.ts";
import { planResampling } from "./resample-plan.ts";

/** The formats of a resampler; with equal rates it only filters near the edge of the band. */
export interface ResamplerOptions {
	/** Frames per second of the input, an integer. */
	readonly inputRate: number;
	/** Frames per second of the output, an integer. */
	readonly outputRate: number;
	readonly channels: 1 | 2;
}

/** Receives output: interleaved frames, valid until it returns. */
export type EmitSamples = (output: Float32Array) => void;

/** The resampling exports of `loader.wasm`; see packages/kernel/assembly/loader/resample.ts. */
interface ResamplerExports {
	prepareResampler(
		channels: number,
		inputLength: number,
		outputLength: number,
		inputGuard: number,
		outputGuard: number,
		cutoff: number,
		halfTaps: number,
		beta: number,
	): void;
	prepareInterpolation(numerator: number, denominator: number): void;
	resamplerInput(): number;
	resamplerOutput(): number;
	resetResampler(): number;
	resampleBlock(): number;
}

/** Pages for the module's own data; it grows the memory for its tables. */
const INITIAL_PAGES = 16;

/** Resamples consecutive recordings of one format. Thread: loader. */
export class Resampler {
	/** The instance whose memory holds the output, with room for three samples after it. */
	readonly instance: WebAssembly.Instance;
	readonly options: ResamplerOptions;
	/** Input frames on either side that contribute to an output frame. */
	readonly reach: number;
	readonly #kernel: ResamplerExports;
	readonly #input: Float32Array;
	readonly #memory: WebAssembly.Memory;
	readonly #outputAddress: number;
	/** Samples at the start of the input buffer that carry over to the next block. */
	readonly #kept: number;
	#filled = 0;
	#framesTaken = 0;
	#framesGiven = 0;

	/**
	 * Computes the tables of the ratio, which takes some milliseconds.
	 *
	 * @param module - the built `loader.wasm`, which gets its own memory
	 * @throws RangeError if a rate is not a positive integer
	 * @throws LooperError `unsupported-format` if the ratio of the rates is too large
	 */
	constructor(module: WebAssembly.Module, options: ResamplerOptions) {
		const { inputRate, outputRate, channels } = options;
		this.options = options;
		for (const rate of [inputRate, outputRate]) {
			if (!Number.isInteger(rate) || rate < 1)
				throw new RangeError(`The sample rate ${rate} is not a positive integer.`);
		}
		const plan = planResampling(inputRate, outputRate);
		if (plan === null) {
			const message = `Resampling from ${inputRate} to ${outputRate} Hz is not supported. Convert the file to a common rate.`;
			throw new LooperError("unsupported-format", message);
		}
		const { blocks, lowPass, step, reach } = plan;
		this.reach = reach;
		const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
		this.instance = new WebAssembly.Instance(module, { env: { memory } });
		this.#kernel = this.instance.exports as unknown as ResamplerExports;
		this.#kernel.prepareResampler(
			channels,
			blocks.inputLength,
			blocks.outputLength,
			blocks.inputGuard,
			blocks.outputGuard,
			lowPass.cutoff,
			lowPass.halfTaps,
			lowPass.beta,
		);
		if (step !== null) this.#kernel.prepareInterpolation(step.numerator, step.denominator);
		const hop = blocks.inputLength - 2 * blocks.inputGuard;
		const samples = channels === 2 ? 2 * blocks.inputLength : blocks.inputLength + hop;
		this.#input = new Float32Array(memory.buffer, this.#kernel.resamplerInput(), samples);
		this.#memory = memory;
		this.#outputAddress = this.#kernel.resamplerOutput();
		this.#kept = 2 * blocks.inputGuard * channels;
		this.reset();
	}

	/** Starts a new recording. */
	reset(): void {
		this.#filled = this.#kernel.resetResampler() * this.options.channels;
		this.#framesTaken = 0;
		this.#framesGiven = 0;
	}

	/**
	 * Takes interleaved frames and emits the output available so far, some ten milliseconds behind.
	 *
	 * Non-finite values count as silence. The output has the same bits however a recording is split.
	 *
	 * @param samples - whole frames, any number of them
	 * @param emit - called once per block of output, if there is any
	 */
	push(samples: Float32Array, emit: EmitSamples): void {
		this.#framesTaken += samples.length / this.options.channels;
		for (let taken = 0; taken < samples.length; ) {
			const count = Math.min(samples.length - taken, this.#input.length - this.#filled);
			this.#input.set(samples.subarray(taken, taken + count), this.#filled);
			taken += count;
			this.#filled += count;
			if (this.#filled === this.#input.length) this.#runBlock(emit);
		}
	}

	/** Ends the recording: emits the rest, so that the total is `resampledFrames`, and starts a new one. */
	flush(emit: EmitSamples): void {
		const { inputRate, outputRate } = this.options;
		const total = resampledFrames(this.#framesTaken, inputRate, outputRate);
		while (this.#framesGiven < total) {
			this.#input.fill(0, this.#filled);
			this.#runBlock(emit, total);
		}
		this.reset();
	}

	#runBlock(emit: EmitSamples, total: number = Number.POSITIVE_INFINITY): void {
		const frames = Math.min(this.#kernel.resampleBlock(), total - this.#framesGiven);
		this.#filled = this.#kept;
		this.#framesGiven += frames;
		emit(new Float32Array(this.#memory.buffer, this.#outputAddress, frames * this.options.channels));
	}
}
