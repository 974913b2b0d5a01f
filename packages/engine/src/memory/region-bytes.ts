import { GUARD_FRAMES } from "../protocol/layout.ts";

const SAMPLE_BYTES = 4;

/** Bytes that a sample's region takes, guard frames included. */
export function regionBytes(frames: number, channels: number): number {
	return (frames + 2 * GUARD_FRAMES) * channels * SAMPLE_BYTES;
}
