import type { AnalyzedLoudness } from "../protocol/sample-analysis.ts";
import type { Resampler } from "../resample/resampler.ts";
import { Chroma } from "./chroma.ts";
import { LoudnessMeter } from "./loudness.ts";
import { type Novelty, noveltyOf } from "./novelty.ts";
import { OnsetStrength } from "./onset-strength.ts";

/** Of longer recordings onsets are not found. */
const LONGEST_FOR_ONSETS_SEC = 60;

/** The format of a recording. */
export interface RecordingFormat {
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	readonly frames: number;
	/** Its highest absolute sample. */
	readonly peak: number;
}

/** What all answers are found in, gathered while a recording is read once. Thread: analysis. */
export class Features {
	readonly #format: RecordingFormat;
	readonly #resampler: Resampler | null;
	readonly #strength: OnsetStrength;
	readonly #chroma: Chroma;
	readonly #loudness: LoudnessMeter;
	/** The recording in mono; empty when it is too long. */
	readonly mono: Float32Array;
	readonly #scale: number;
	#frames = 0;
	#reducedFrames = 0;

	/**
	 * @param module - the built `loader.wasm`
	 * @param resampler - of one channel to the analysis rate; null when the recording has that rate
	 */
	constructor(module: WebAssembly.Module, format: RecordingFormat, resampler: Resampler | null) {
		const { sampleRate, channels, frames, peak } = format;
		this.#format = format;
		this.#resampler = resampler;
		this.#strength = new OnsetStrength(module);
		this.#chroma = new Chroma(module);
		this.#loudness = new LoudnessMeter(module, sampleRate, channels);
		this.mono = new Float32Array(frames <= LONGEST_FOR_ONSETS_SEC * sampleRate ? frames : 0);
		this.#scale = peak > 0 ? 1 / peak : 0;
		resampler?.reset();
	}

	/** @param samples - interleaved, the next frames */
	push(samples: Float32Array): void {
		this.#loudness.push(samples);
		const mono = this.#mixed(samples);
		if (this.mono.length > 0) this.mono.set(mono, this.#frames);
		this.#frames += mono.length;
		if (this.#resampler === null) this.#reduce(mono);
		else this.#resampler.push(mono, (reduced) => this.#reduce(reduced));
	}

	/** Ends the recording. */
	flush(): { readonly novelty: Novelty; readonly chroma: Float32Array; readonly loudness: AnalyzedLoudness } {
		this.#resampler?.flush((reduced) => this.#reduce(reduced));
		this.#strength.flush();
		this.#chroma.flush();
		return {
			novelty: noveltyOf(this.#strength, this.#reducedFrames),
			chroma: this.#chroma.rows,
			loudness: this.#loudness.read(),
		};
	}

	#reduce(samples: Float32Array): void {
		this.#reducedFrames += samples.length;
		this.#strength.push(samples);
		this.#chroma.push(samples);
	}

	/** One channel, the recording's highest sample at 1. */
	#mixed(samples: Float32Array): Float32Array {
		const { channels } = this.#format;
		const mono = new Float32Array(samples.length / channels);
		for (let frame = 0; frame < mono.length; frame++) {
			const left = samples[frame * channels]!;
			mono[frame] = this.#scale * (channels === 2 ? 0.5 * (left + samples[2 * frame + 1]!) : left);
		}
		return mono;
	}
}
