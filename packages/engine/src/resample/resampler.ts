import { LooperError } from "../errors.ts";
import { resampledFrames } from "./ratio.ts";
import { planResampling } from "./resample-plan.ts";

/** What a resampler turns into what; with equal rates it only takes away what lies near the edge of the band. */
export interface ResamplerOptions {
	/** Frames per second of the input, an integer. */
	readonly inputRate: number;
	/** Frames per second of the output, an integer. */
	readonly outputRate: number;
	readonly channels: 1 | 2;
}

/** Takes a stretch of output: interleaved frames, valid until it returns. */
export type EmitSamples = (output: Float32Array) => void;

/** The exports of `loader.wasm` that resample; see packages/kernel/assembly/loader/resample.ts. */
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

/** Pages that the module's own data fits in; it grows the memory to what its tables need. */
const INITIAL_PAGES = 16;

/** Changes the sample rate of one recording after another of the same format. Thread: loader. */
export class Resampler {
	/** In whose memory the output lies, with room for three samples behind it. */
	readonly instance: WebAssembly.Instance;
	readonly options: ResamplerOptions;
	/** Input frames to either side of its own place that an output frame is made of. */
	readonly reach: number;
	readonly #kernel: ResamplerExports;
	readonly #input: Float32Array;
	readonly #memory: WebAssembly.Memory;
	readonly #outputAddress: number;
	/** Samples at the front of the input buffer that the next block keeps of this one. */
	readonly #kept: number;
	#filled = 0;
	#framesTaken = 0;
	#framesGiven = 0;

	/**
	 * Computes the tables of the ratio, which takes some milliseconds.
	 *
	 * @param module - the built `loader.wasm`; it gets a memory of its own
	 * @throws RangeError when a rate is no positive integer
	 * @throws LooperError `unsupported-format` when the rates are too far apart
	 */
	constructor(module: WebAssembly.Module, options: ResamplerOptions) {
		const { inputRate, outputRate, channels } = options;
		this.options = options;
		for (const rate of [inputRate, outputRate]) {
			if (!Number.isInteger(rate) || rate < 1) throw new RangeError(`sample rate ${rate} is not a positive integer`);
		}
		const plan = planResampling(inputRate, outputRate);
		if (plan === null) {
			const message = `cannot resample from ${inputRate} to ${outputRate} Hz; convert the file to a common rate`;
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
	 * Takes interleaved frames and emits the output that is settled by now, some ten milliseconds behind.
	 *
	 * Values that are not finite count as silence. However a recording is divided into pieces, the output has the same bits.
	 *
	 * @param samples - whole frames, any number of them
	 * @param emit - is called once for each block of output, or not at all
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

	/** Ends the recording: emits the rest, so that all output is `resampledFrames` long, and starts a new one. */
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
