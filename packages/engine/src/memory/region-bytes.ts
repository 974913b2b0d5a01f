import { seamFrames } from "../protocol/seam.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";

const SAMPLE_BYTES = 4;

/** What decides how long a sample's region is. */
export interface RegionShape {
	readonly frames: number;
	readonly channels: number;
	readonly edgeFrames: number;
}

/** Bytes that a sample's region takes, guard frames and edges included. */
export function regionBytes({ frames, channels, edgeFrames }: RegionShape): number {
	return (frames + 2 * GUARD_FRAMES + seamFrames(frames, edgeFrames)) * channels * SAMPLE_BYTES;
}
