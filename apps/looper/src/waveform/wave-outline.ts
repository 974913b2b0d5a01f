import type { Peaks } from "./peaks.ts";
import { createColumns, type WaveColumns } from "./wave-columns.ts";

/** A picture of a part of a sample, as an outline. */
export interface WaveOutline {
	/** In CSS pixels. */
	readonly width: number;
	readonly height: number;
	/** Columns over the width. */
	readonly columns: number;
	readonly startFrame: number;
	/** One past the frame at the right edge. */
	readonly endFrame: number;
}

/** The path data of a waveform around the middle, full scale over the whole height. What lies outside of the sample stays empty. */
export function waveOutline(peaks: Peaks, { width, height, columns, startFrame, endFrame }: WaveOutline): string {
	const framesPerColumn = (endFrame - startFrame) / columns;
	if (!(framesPerColumn > 0) || columns === 0) return "";
	const extremes = createColumns(columns);
	peaks.readColumns({ startFrame, framesPerColumn }, extremes);
	const scale: Scale = { columnWidth: width / columns, height };
	let path = "";
	for (let first = 0; first < columns; ) {
		let end = first;
		while (end < columns && extremes.lows[end]! <= extremes.highs[end]!) end++;
		if (end > first) path += runOutline(extremes, { first, end }, scale);
		first = end + 1;
	}
	return path;
}

interface Scale {
	readonly columnWidth: number;
	readonly height: number;
}

/** Steps along the highest samples there, and along the lowest back: neighbours meet without a seam. */
function runOutline(
	{ lows, highs }: WaveColumns,
	{ first, end }: { readonly first: number; readonly end: number },
	{ columnWidth, height }: Scale,
): string {
	let there = `M${rounded(first * columnWidth)} ${rounded(rowOf(highs[first]!, height))}`;
	let back = "";
	for (let column = first; column < end; column++) {
		const top = rowOf(highs[column]!, height);
		const bottom = Math.max(top + columnWidth, rowOf(lows[column]!, height));
		there += `V${rounded(top)}H${rounded((column + 1) * columnWidth)}`;
		back = `V${rounded(bottom)}H${rounded(column * columnWidth)}${back}`;
	}
	return `${there}${back}Z`;
}

/** The row of a sample, from the top; samples beyond full scale lie on the edges. */
function rowOf(sample: number, height: number): number {
	return ((1 - Math.max(-1, Math.min(1, sample))) / 2) * height;
}

function rounded(length: number): number {
	return Math.round(length * 100) / 100;
}
