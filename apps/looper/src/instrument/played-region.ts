import type { LoopRegion } from "flitzis-looper";
import type { PadSettings } from "./pad-state.ts";

/** A pad can have no shorter length than so many beats. */
export const fewestBeats: number = 1 / 32;

/** The recording that a region lies in. */
export interface Recording {
	/** Of the source file. */
	readonly frames: number;
	readonly sampleRate: number;
}

/** The part of the recording that the pad plays. */
export function regionOf({ loopRegion }: Pick<PadSettings, "loopRegion">, { frames }: Recording): LoopRegion {
	const endFrame = Math.min(loopRegion?.endFrame ?? frames, frames);
	const startFrame = loopRegion?.startFrame ?? 0;
	return startFrame < endFrame ? { startFrame, endFrame } : { startFrame: 0, endFrame: frames };
}
