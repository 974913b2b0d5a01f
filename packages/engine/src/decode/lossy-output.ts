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
		const output = this.#reserve(frames.end - frames.start);
		const isTame = this.#format.channels === 2 ? interleave(frames, output) : copy(frames, output);
		if (!isTame) this.#tame(output, byteOffset);
		this.#position += frames.end - frames.start;
		return output;
	}

	/** At most 64 Ki frames of silence, in a view that the next call overwrites. */
	writeSilence(frameCount: number): Float32Array {
		this.#position += frameCount;
		return this.#reserve(frameCount).fill(0);
	}

	#tame(output: Float32Array, byteOffset: number): void {
		for (const [index, sample] of output.entries()) {
			output[index] = Math.max(-WILD_AMPLITUDE, Math.min(WILD_AMPLITUDE, sample)) || 0;
		}
		if (this.#isTamed) return;
		this.#isTamed = true;
		const where = atSecond(this.#position, this.#format.sampleRate);
		this.#damage.report(byteOffset, `Damage ${where} made samples beyond ${WILD_AMPLITUDE}, which were clamped.`);
	}

	#reserve(frameCount: number): Float32Array {
		const length = frameCount * this.#format.channels;
		if (this.#output.length < length) this.#output = new Float32Array(length);
		return this.#output.subarray(0, length);
	}
}

/** @returns whether all samples are tame. */
function interleave({ channelData, start, end }: PlanarFrames, output: Float32Array): boolean {
	const left = channelData[0]!;
	const right = channelData[1]!;
	let isTame = true;
	for (let frame = start, index = 0; frame < end; frame++, index += 2) {
		const first = left[frame]!;
		const second = right[frame]!;
		output[index] = first;
		output[index + 1] = second;
		if (!(Math.abs(first) <= WILD_AMPLITUDE && Math.abs(second) <= WILD_AMPLITUDE)) isTame = false;
	}
	return isTame;
}

/** As `interleave`, for one channel. */
function copy({ channelData, start, end }: PlanarFrames, output: Float32Array): boolean {
	const input = channelData[0]!;
	let isTame = true;
	for (let frame = start, index = 0; frame < end; frame++, index++) {
		const sample = input[frame]!;
		output[index] = sample;
		if (!(Math.abs(sample) <= WILD_AMPLITUDE)) isTame = false;
	}
	return isTame;
}
