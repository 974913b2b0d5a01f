import { atSecond, type Damage } from "./damage.ts";
import type { RecordedFormat } from "./decoder.ts";

/** Frames that a chunk has at most. */
export const CHUNK_FRAMES = 65_536;

/** A lossy decoder's overshoot stays far below this; a damaged body can exceed it by any factor. */
const WILD_AMPLITUDE = 8;

/** A stretch of planar audio. */
export interface PlanarFrames {
	readonly channelData: readonly Float32Array[];
	readonly start: number;
	readonly end: number;
}

/**
 * Turns what a lossy decoder gives into interleaved chunks and tames what only damage can cause: samples beyond -8..8
 * are clamped, NaN becomes 0, and the first such place is reported.
 */
export class LossyOutput {
	readonly #format: RecordedFormat;
	readonly #damage: Damage;
	#output = new Float32Array(0);
	#position = 0;
	#isTamed = false;

	constructor(format: RecordedFormat, damage: Damage) {
		this.#format = format;
		this.#damage = damage;
	}

	/** Frames written so far. */
	get position(): number {
		return this.#position;
	}

	/**
	 * Interleaves at most 64 Ki frames.
	 *
	 * @param byteOffset - where they come from in the file, for a report
	 * @returns a view that the next call overwrites
	 */
	write(frames: PlanarFrames, byteOffset: number): Float32Array {
		const { channels } = this.#format;
		const output = this.#reserve(frames.end - frames.start);
		let isWild = false;
		for (let channel = 0; channel < channels; channel++) {
			const input = frames.channelData[channel]!;
			for (let frame = frames.start, index = channel; frame < frames.end; frame++, index += channels) {
				const sample = input[frame]!;
				if (sample >= -WILD_AMPLITUDE && sample <= WILD_AMPLITUDE) output[index] = sample;
				else {
					output[index] = Math.max(-WILD_AMPLITUDE, Math.min(WILD_AMPLITUDE, sample)) || 0;
					isWild = true;
				}
			}
		}
		if (isWild && !this.#isTamed) {
			this.#isTamed = true;
			const where = atSecond(this.#position, this.#format.sampleRate);
			this.#damage.report(byteOffset, `Damage ${where} made samples beyond ${WILD_AMPLITUDE}, which were clamped.`);
		}
		this.#position += frames.end - frames.start;
		return output;
	}

	/** At most 64 Ki frames of silence, in a view that the next call overwrites. */
	writeSilence(frameCount: number): Float32Array {
		this.#position += frameCount;
		return this.#reserve(frameCount).fill(0);
	}

	#reserve(frameCount: number): Float32Array {
		const length = frameCount * this.#format.channels;
		if (this.#output.length < length) this.#output = new Float32Array(length);
		return this.#output.subarray(0, length);
	}
}
