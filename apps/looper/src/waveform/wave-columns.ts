/** Lowest and highest sample of each column of a picture; a low above its high where nothing is known. */
export interface WaveColumns {
	readonly lows: Float32Array;
	readonly highs: Float32Array;
}

/** A span of frames that is drawn in columns. */
export interface ColumnSpan {
	/** Need not be whole, nor inside of the sample. */
	readonly startFrame: number;
	readonly framesPerColumn: number;
}

/** Some frames of a sample. */
export interface SampleFrames {
	/** Samples of each channel, nominally -1..1. */
	readonly channels: readonly Float32Array[];
	/** The frame of the sample that the first one is. */
	readonly firstFrame: number;
}

/** Columns for a picture, all unknown. */
export function createColumns(count: number): WaveColumns {
	return {
		lows: new Float32Array(count).fill(Number.POSITIVE_INFINITY),
		highs: new Float32Array(count).fill(Number.NEGATIVE_INFINITY),
	};
}

/** Fills the columns of a picture from samples, over all channels. A column shows at least the frame that it begins in. */
export function readSampleColumns(
	{ channels, firstFrame }: SampleFrames,
	{ startFrame, framesPerColumn }: ColumnSpan,
	into: WaveColumns,
): void {
	for (let column = 0; column < into.lows.length; column++) {
		const from = Math.floor(startFrame + column * framesPerColumn) - firstFrame;
		const to = Math.max(from + 1, Math.floor(startFrame + (column + 1) * framesPerColumn) - firstFrame);
		let low = Number.POSITIVE_INFINITY;
		let high = Number.NEGATIVE_INFINITY;
		for (const samples of channels) {
			const last = Math.min(samples.length, to);
			for (let index = Math.max(0, from); index < last; index++) {
				const sample = samples[index]!;
				if (sample < low) low = sample;
				if (sample > high) high = sample;
			}
		}
		into.lows[column] = low;
		into.highs[column] = high;
	}
}
