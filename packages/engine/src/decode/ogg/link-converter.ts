import { Resampler } from "../../resample/resampler.ts";
import type { RecordedFormat } from "../decoder.ts";

/** The properties that links of a chained file share. */
export type LinkFormat = Pick<RecordedFormat, "sampleRate" | "channels">;

/** Frames resampled between two chunks. */
const PIECE_FRAMES = 4_096;
/** Maximum frames of a chunk. */
const CHUNK_FRAMES = 65_536;

/** Whether two links can be played in sequence without conversion. */
export function isSameFormat(one: LinkFormat, other: LinkFormat): boolean {
	return one.sampleRate === other.sampleRate && one.channels === other.channels;
}

/** Converts the audio of one link to the channels and rate of another. Thread: loader. */
export class LinkConverter {
	readonly #from: LinkFormat;
	readonly #to: LinkFormat;
	/** Null if the rates are equal. */
	readonly #resampler: Resampler | null;

	/**
	 * @param loaderModule - the built `loader.wasm`
	 * @throws LooperError `unsupported-format` if the ratio of the rates is out of range.
	 */
	constructor(loaderModule: WebAssembly.Module, { from, to }: { from: LinkFormat; to: LinkFormat }) {
		this.#from = from;
		this.#to = to;
		const rates = { inputRate: from.sampleRate, outputRate: to.sampleRate, channels: to.channels };
		this.#resampler = from.sampleRate === to.sampleRate ? null : new Resampler(loaderModule, rates);
	}

	/** The conversion, worded for a warning. */
	get description(): string {
		const done: string[] = [];
		const [from, to] = [this.#from, this.#to];
		if (this.#resampler !== null) done.push(`resampled from ${from.sampleRate} to ${to.sampleRate} Hz`);
		if (from.channels < to.channels) done.push("played on both channels");
		if (from.channels > to.channels) done.push("mixed down to one channel");
		return done.join(" and ");
	}

	/** Converts interleaved frames; yields the output available so far, in arrays that stay valid. */
	*convert(samples: Float32Array): Generator<Float32Array, void, undefined> {
		const mapped = mapChannels(samples, this.#from.channels, this.#to.channels);
		const resampler = this.#resampler;
		if (resampler === null) {
			yield mapped;
			return;
		}
		const pieceSamples = PIECE_FRAMES * this.#to.channels;
		for (let start = 0; start < mapped.length; start += pieceSamples) {
			yield* this.#collect((emit) => resampler.push(mapped.subarray(start, start + pieceSamples), emit));
		}
	}

	/** Yields the remaining output, so that the total matches the link's length to the nearest frame. */
	*finish(): Generator<Float32Array, void, undefined> {
		const resampler = this.#resampler;
		if (resampler !== null) yield* this.#collect((emit) => resampler.flush(emit));
	}

	*#collect(run: (emit: (output: Float32Array) => void) => void): Generator<Float32Array, void, undefined> {
		const blocks: Float32Array[] = [];
		run((output) => blocks.push(output.slice()));
		const chunkSamples = CHUNK_FRAMES * this.#to.channels;
		for (const block of blocks) {
			for (let start = 0; start < block.length; start += chunkSamples)
				yield block.subarray(start, start + chunkSamples);
		}
	}
}

/** Mono goes to both channels; stereo is averaged to mono. */
function mapChannels(samples: Float32Array, from: 1 | 2, to: 1 | 2): Float32Array {
	if (from === to) return samples;
	if (to === 2) return Float32Array.from({ length: 2 * samples.length }, (_, index) => samples[index >> 1]!);
	return Float32Array.from({ length: samples.length / 2 }, (_, frame) => {
		return (samples[2 * frame]! + samples[2 * frame + 1]!) / 2;
	});
}
