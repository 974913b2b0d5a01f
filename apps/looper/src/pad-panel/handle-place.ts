import type { SampleFrames } from "../waveform/wave-columns.ts";
import { type BeatGrid, nearestLine, nearestZeroCrossing, neighbourLine, type SnapTarget } from "./snap.ts";

/** How far a zero crossing is looked for, in frames on either side. */
const searchedFrames = 2_048;
/** The share of the view that an arrow key moves a handle. */
const keyShare = 1 / 200;
const pageShare = 1 / 10;

/** Where a dragged handle may snap to. */
interface SnapPlaces {
	readonly target: SnapTarget;
	/** Frames at the engine's rate per frame of the source file. */
	readonly ratio: number;
	/** In frames of the source file; null while the pad's beats are not known. */
	readonly grid: BeatGrid | null;
	/** Reads frames at the engine's rate; null where there are none. */
	readonly read: (firstFrame: number, frames: number) => Promise<SampleFrames | null>;
}

/** The place of a handle that is dragged. @param frame - at the engine's rate; @returns a frame of the source file */
export async function snappedFrame(frame: number, { target, ratio, grid, read }: SnapPlaces): Promise<number> {
	if (target === "beat" && grid !== null) return nearestLine(frame / ratio, grid);
	if (target === "zero") {
		const samples = await read(Math.max(0, Math.round(frame) - searchedFrames), 2 * searchedFrames);
		const crossing = samples === null ? null : nearestZeroCrossing(samples, frame);
		// Not rounded: at another rate the crossing need not lie on a frame of the source file.
		if (crossing !== null) return crossing / ratio;
	}
	return Math.round(frame / ratio);
}

/** A handle that has the focus; all in frames of the source file. */
interface HandlePlace {
	readonly frame: number;
	/** Of the source file. */
	readonly frames: number;
	/** Frames that are shown. */
	readonly span: number;
	/** What the handle snaps to; null for none. */
	readonly grid: BeatGrid | null;
	/** Frame by frame. */
	readonly isFine: boolean;
}

/** Where a key moves a handle, as in `KeyboardEvent.code`; null for keys that do not. */
export function keyedFrame(code: string, { frame, frames, span, grid, isFine }: HandlePlace): number | null {
	const step = (direction: 1 | -1, share: number): number => {
		if (isFine) return Math.round(frame) + direction;
		if (grid !== null) return neighbourLine(frame, grid, direction);
		return Math.round(frame + direction * Math.max(1, span * share));
	};
	switch (code) {
		case "ArrowRight":
		case "ArrowUp":
			return step(1, keyShare);
		case "ArrowLeft":
		case "ArrowDown":
			return step(-1, keyShare);
		case "PageUp":
			return step(1, pageShare);
		case "PageDown":
			return step(-1, pageShare);
		case "Home":
			return 0;
		case "End":
			return frames;
		default:
			return null;
	}
}
