import type { SampleFrames } from "../waveform/wave-columns.ts";

/** What a loop handle snaps to. */
export type SnapTarget = "off" | "zero" | "beat";

/** Lines of a grid in a sample. */
export interface BeatGrid {
	/** A frame on which a line lies. */
	readonly anchorFrame: number;
	readonly framesPerBeat: number;
}

/** The nearest line of the grid. Need not be a whole frame. */
export function nearestLine(frame: number, { anchorFrame, framesPerBeat }: BeatGrid): number {
	return anchorFrame + Math.round((frame - anchorFrame) / framesPerBeat) * framesPerBeat;
}

/** The line that follows or precedes. @param direction - 1 or -1 */
export function neighbourLine(frame: number, { anchorFrame, framesPerBeat }: BeatGrid, direction: 1 | -1): number {
	const place = (frame - anchorFrame) / framesPerBeat;
	// A frame as good as on a line counts as on it.
	const line = direction === 1 ? Math.floor(place + 1e-6) + 1 : Math.ceil(place - 1e-6) - 1;
	return anchorFrame + line * framesPerBeat;
}

/**
 * The frame nearest to the wanted one on which the first channel crosses zero: itself 0, or on the other side than the frame before.
 *
 * @param frames - the surroundings in which is searched
 * @returns null where it does not cross
 */
export function nearestZeroCrossing(
	{ channels: [samples = new Float32Array(0)], firstFrame }: SampleFrames,
	frame: number,
): number | null {
	const centre = Math.round(frame) - firstFrame;
	for (let distance = 0; distance < samples.length; distance++) {
		if (isCrossing(centre + distance)) return firstFrame + centre + distance;
		if (isCrossing(centre - distance)) return firstFrame + centre - distance;
	}
	return null;

	function isCrossing(index: number): boolean {
		const [sample, before] = [samples[index], samples[index - 1]];
		if (sample === undefined) return false;
		if (sample === 0) return true;
		return before !== undefined && before !== 0 && before < 0 !== sample < 0;
	}
}
