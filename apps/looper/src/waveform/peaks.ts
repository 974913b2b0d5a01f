import { type ColumnSpan, createColumns, type WaveColumns } from "./wave-columns.ts";

/** Frames of a peak at the finest resolution; nearer than that, the samples themselves are drawn. */
export const finestPeakFrames = 128;
/** How many times longer the peaks of the next resolution are. */
const levelFactor = 8;
const levelCount = 4;

/** Lowest and highest sample of each span of so many frames. */
interface PeakLevel extends WaveColumns {
	readonly framesPerPeak: number;
}

/** The peaks of a sample over all of its channels, at several resolutions. They grow from the front. */
export class Peaks {
	readonly frames: number;
	readonly #levels: readonly [PeakLevel, ...PeakLevel[]];
	#readyFrames = 0;

	/** @param frames - of the whole sample */
	constructor(frames: number) {
		const level = (framesPerPeak: number): PeakLevel => ({
			framesPerPeak,
			...createColumns(Math.ceil(frames / framesPerPeak)),
		});
		const coarser = Array.from({ length: levelCount - 1 }, (_, index) => levelFactor ** (index + 1));
		this.frames = frames;
		this.#levels = [level(finestPeakFrames), ...coarser.map((factor) => level(factor * finestPeakFrames))];
	}

	/** Frames that have been added. */
	get readyFrames(): number {
		return this.#readyFrames;
	}

	get isComplete(): boolean {
		return this.#readyFrames >= this.frames;
	}

	/** Adds the frames that follow. @param interleaved - samples of whole frames; what exceeds the sample is ignored */
	add(interleaved: Float32Array, channels: number): void {
		const end = Math.min(this.frames, this.#readyFrames + Math.floor(interleaved.length / channels));
		let offset = 0;
		while (this.#readyFrames < end) {
			const peak = Math.floor(this.#readyFrames / finestPeakFrames);
			const stop = Math.min(end, (peak + 1) * finestPeakFrames);
			const stopOffset = offset + (stop - this.#readyFrames) * channels;
			let low = Number.POSITIVE_INFINITY;
			let high = Number.NEGATIVE_INFINITY;
			for (; offset < stopOffset; offset++) {
				const sample = interleaved[offset]!;
				if (sample < low) low = sample;
				if (sample > high) high = sample;
			}
			this.#widen(low, high);
			this.#readyFrames = stop;
		}
	}

	/** Widens the peak that the next frame belongs to, at every resolution. */
	#widen(low: number, high: number): void {
		for (const { framesPerPeak, lows, highs } of this.#levels) {
			const peak = Math.floor(this.#readyFrames / framesPerPeak);
			if (low < lows[peak]!) lows[peak] = low;
			if (high > highs[peak]!) highs[peak] = high;
		}
	}

	/**
	 * Fills the columns of a picture. A column shows the peak that it begins in, and those that end within it: a peak over the border of
	 * two columns is seen in the second.
	 */
	readColumns({ startFrame, framesPerColumn }: ColumnSpan, into: WaveColumns): void {
		const level = this.#levels.findLast(({ framesPerPeak }) => framesPerPeak <= framesPerColumn) ?? this.#levels[0];
		const { framesPerPeak, lows, highs } = level;
		for (let column = 0; column < into.lows.length; column++) {
			const from = startFrame + column * framesPerColumn;
			const first = Math.floor(from / framesPerPeak);
			const end = Math.max(first + 1, Math.floor((from + framesPerColumn) / framesPerPeak));
			const last = Math.min(lows.length, end);
			let low = Number.POSITIVE_INFINITY;
			let high = Number.NEGATIVE_INFINITY;
			for (let peak = Math.max(0, first); peak < last; peak++) {
				if (lows[peak]! < low) low = lows[peak]!;
				if (highs[peak]! > high) high = highs[peak]!;
			}
			into.lows[column] = low;
			into.highs[column] = high;
		}
	}
}
