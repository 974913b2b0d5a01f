import type { SampleWaveform } from "flitzis-looper";
import { type ColumnSpan, createColumns, type WaveColumns } from "./wave-columns.ts";

/** How many times longer the peaks of the next resolution are. */
const levelFactor = 8;
const levelCount = 4;

/** Lowest and highest sample of each span of so many frames. */
interface PeakLevel extends WaveColumns {
	readonly framesPerPeak: number;
}

/** The peaks of a sample over all of its channels, at several resolutions. */
export class Peaks {
	/** Of the whole sample. */
	readonly frames: number;
	readonly #levels: readonly [PeakLevel, ...PeakLevel[]];

	/** @param frames - of the whole sample; @param waveform - the finest resolution, as the engine has found it */
	constructor(frames: number, waveform: SampleWaveform) {
		this.frames = frames;
		const levels: [PeakLevel, ...PeakLevel[]] = [waveform];
		while (levels.length < levelCount) levels.push(coarser(levels.at(-1)!));
		this.#levels = levels;
	}

	/** Frames of a peak at the finest resolution; nearer than that, the samples themselves are drawn. */
	get finestFrames(): number {
		return this.#levels[0].framesPerPeak;
	}

	/**
	 * Fills the columns of a picture. A column shows the peak that it begins in, and those that end within it: a peak over the border of
	 * two columns is seen in the second.
	 */
	readColumns({ startFrame, framesPerColumn }: ColumnSpan, into: WaveColumns): void {
		const level = this.#levels.findLast(({ framesPerPeak }) => framesPerPeak <= framesPerColumn) ?? this.#levels[0];
		const { framesPerPeak, lows } = level;
		for (let column = 0; column < into.lows.length; column++) {
			const from = startFrame + column * framesPerColumn;
			const first = Math.floor(from / framesPerPeak);
			const end = Math.max(first + 1, Math.floor((from + framesPerColumn) / framesPerPeak));
			readExtremes(level, Math.max(0, first), Math.min(lows.length, end), { into, column });
		}
	}
}

function coarser(finer: PeakLevel): PeakLevel {
	const columns = createColumns(Math.ceil(finer.lows.length / levelFactor));
	for (let column = 0; column < columns.lows.length; column++) {
		const first = column * levelFactor;
		readExtremes(finer, first, Math.min(finer.lows.length, first + levelFactor), { into: columns, column });
	}
	return { framesPerPeak: finer.framesPerPeak * levelFactor, ...columns };
}

/** Fills a column from the peaks first..end - 1; of none it is unknown. */
function readExtremes(
	{ lows, highs }: WaveColumns,
	first: number,
	end: number,
	{ into, column }: { readonly into: WaveColumns; readonly column: number },
): void {
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (let peak = first; peak < end; peak++) {
		if (lows[peak]! < low) low = lows[peak]!;
		if (highs[peak]! > high) high = highs[peak]!;
	}
	into.lows[column] = low;
	into.highs[column] = high;
}
