import type { Damage } from "./damage.ts";
import type { RecordedFormat } from "./decoder.ts";

/** Maximum frames of a chunk. */
export const CHUNK_FRAMES = 65_536;

/** After damage, louder samples are attributed to it: most recordings stay far below. */
const WILD_AMPLITUDE = 8;
/** No recording is louder, not even one scaled to 16-bit integers: this is always damage. */
const IMPOSSIBLE_AMPLITUDE = 2 ** 16;

/** A range of planar audio. */
export interface PlanarFrames {
	readonly channelData: readonly Float32Array[];
	readonly start: number;
	readonly end: number;
}

/**
 * Interleaves the output of a lossy decoder into chunks. A loud recording keeps its samples; from the first damage or the
 * first impossible sample on, samples beyond -8..8 are clamped, NaN becomes 0, and the first such place is reported.
 */
export class LossyOutput {
	readonly #format: RecordedFormat;
	readonly #damage: Damage;
	/** Damage found before decoding, which does not affect samples. */
	readonly #earlierDamage: number;
	#output = new Float32Array(0);
	#position = 0;
	#isTamed = false;

	constructor(format: RecordedFormat, damage: Damage) {
		this.#format = format;
		this.#damage = damage;
		this.#earlierDamage = damage.count;
	}

	/** Frames written so far. */
	get position(): number {
		return this.#position;
	}

	/**
	 * Interleaves at most 64 Ki frames.
	 *
	 * @param byteOffset - their offset in the file, for reports
	 * @returns a view that the next call overwrites
	 */
	write(frames: PlanarFrames, byteOffset: number): Float32Array {
		const output = this.#reserve(frames.end - frames.start);
		const mayBeDamaged = this.#isTamed || this.#damage.count > this.#earlierDamage;
		const limit = mayBeDamaged ? WILD_AMPLITUDE : IMPOSSIBLE_AMPLITUDE;
		const isTame = this.#format.channels === 2 ? interleave(frames, output, limit) : copy(frames, output, limit);
		if (!isTame) this.#tame(output, { byteOffset, limit });
		this.#position += frames.end - frames.start;
		return output;
	}

	/** At most 64 Ki frames of silence, in a view that the next call overwrites. */
	writeSilence(frameCount: number): Float32Array {
		this.#position += frameCount;
		return this.#reserve(frameCount).fill(0);
	}

	#tame(output: Float32Array, { byteOffset, limit }: { byteOffset: number; limit: number }): void {
		for (const [index, sample] of output.entries()) {
			output[index] = Math.max(-WILD_AMPLITUDE, Math.min(WILD_AMPLITUDE, sample)) || 0;
		}
		if (this.#isTamed) return;
		this.#isTamed = true;
		const where = this.#damage.at(this.#position, this.#format.sampleRate);
		this.#damage.report(
			byteOffset,
			`Damage ${where} made samples beyond ${limit}, which were clamped to ${WILD_AMPLITUDE}.`,
		);
	}

	#reserve(frameCount: number): Float32Array {
		const length = frameCount * this.#format.channels;
		if (this.#output.length < length) this.#output = new Float32Array(length);
		return this.#output.subarray(0, length);
	}
}

/** @returns whether all samples are within the limit. */
function interleave({ channelData, start, end }: PlanarFrames, output: Float32Array, limit: number): boolean {
	const left = channelData[0]!;
	const right = channelData[1]!;
	let isTame = true;
	for (let frame = start, index = 0; frame < end; frame++, index += 2) {
		const first = left[frame]!;
		const second = right[frame]!;
		output[index] = first;
		output[index + 1] = second;
		if (!(Math.abs(first) <= limit && Math.abs(second) <= limit)) isTame = false;
	}
	return isTame;
}

/** As `interleave`, for one channel. */
function copy({ channelData, start, end }: PlanarFrames, output: Float32Array, limit: number): boolean {
	const input = channelData[0]!;
	let isTame = true;
	for (let frame = start, index = 0; frame < end; frame++, index++) {
		const sample = input[frame]!;
		output[index] = sample;
		if (!(Math.abs(sample) <= limit)) isTame = false;
	}
	return isTame;
}
