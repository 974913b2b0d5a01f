import { GrowingFloats } from "./growing-floats.ts";
import { KWeighting } from "./k-weighting.ts";
import { TruePeak } from "./true-peak.ts";

/** How loud a recording is. */
export interface Loudness {
	/** Integrated loudness in LUFS; null where nothing is above -70. */
	readonly lufs: number | null;
	/** In dBTP; null for silence. */
	readonly truePeakDecibels: number | null;
}

/** Seconds of a step of the gating blocks, and steps of a block. */
const STEP_SECONDS = 0.1;
const BLOCK_STEPS = 4;
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;
/** What a step's energy is held below, so that it and a mean stay finite in f32. */
const HIGHEST_ENERGY = 3e38;

/**
 * Integrated loudness and true peak of a recording that comes in pieces.
 *
 * Thread: analysis.
 * Source: ITU-R BS.1770-4.
 */
export class LoudnessMeter {
	readonly #channels: 1 | 2;
	readonly #filters: readonly KWeighting[];
	readonly #peaks: readonly TruePeak[];
	readonly #stepFrames: number;
	/** The energy of each step, a sum over channels of mean squares. */
	readonly #steps = new GrowingFloats();
	#energy = 0;
	#frames = 0;

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module, sampleRate: number, channels: 1 | 2) {
		this.#channels = channels;
		this.#stepFrames = Math.round(STEP_SECONDS * sampleRate);
		this.#filters = Array.from({ length: channels }, () => new KWeighting(sampleRate));
		this.#peaks = Array.from({ length: channels }, () => new TruePeak(module));
	}

	/** @param samples - interleaved, whole frames */
	push(samples: Float32Array): void {
		for (let channel = 0; channel < this.#channels; channel++)
			this.#peaks[channel]!.push(samples, channel, this.#channels);
		const frames = samples.length / this.#channels;
		for (let frame = 0; frame < frames; ) {
			const count = Math.min(this.#stepFrames - this.#frames, frames - frame);
			for (let channel = 0; channel < this.#channels; channel++)
				this.#energy += this.#filters[channel]!.energy(samples, {
					first: frame * this.#channels + channel,
					step: this.#channels,
					count,
				});
			frame += count;
			this.#frames += count;
			if (this.#frames === this.#stepFrames) this.#endStep();
		}
	}

	/** Ends the recording. */
	read(): Loudness {
		// One shorter than a block is measured as it is.
		if (this.#steps.length < BLOCK_STEPS && this.#frames > 0) this.#endStep();
		const peak = Math.max(...this.#peaks.map((meter) => meter.read()));
		return { lufs: integrated(this.#steps.values), truePeakDecibels: peak > 0 ? 20 * Math.log10(peak) : null };
	}

	#endStep(): void {
		this.#steps.push(Math.min(this.#energy / this.#frames, HIGHEST_ENERGY));
		this.#energy = 0;
		this.#frames = 0;
	}
}

/** The mean of the blocks that are above both gates. */
function integrated(steps: Float32Array): number | null {
	const blocks: number[] = [];
	for (let at = 0; at === 0 || at + BLOCK_STEPS <= steps.length; at++)
		if (at < steps.length) blocks.push(meanOf(Array.from(steps.subarray(at, at + BLOCK_STEPS))));
	const loud = blocks.filter((energy) => lufsOf(energy) > ABSOLUTE_GATE);
	if (loud.length === 0) return null;
	const gate = lufsOf(meanOf(loud)) + RELATIVE_GATE;
	return lufsOf(meanOf(loud.filter((energy) => lufsOf(energy) > gate)));
}

function meanOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function lufsOf(energy: number): number {
	return -0.691 + 10 * Math.log10(energy);
}
