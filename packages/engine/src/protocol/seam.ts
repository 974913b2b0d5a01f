/**
 * The seam of a resampled sample: what its first and last frames are when it goes round, instead of lying between silence.
 *
 * These *edges* lie in the sample's region behind the guard frames: the frames before the head, as far as the taps of an interpolation
 * reach, the head's, the tail's, and as many behind it and one more. Compiled by both `tsc` and `asc`.
 */

/** Frames before the head's edge. Behind the tail's there is one more, for a length that is not whole. */
export const SEAM_FRAMES: i32 = 16;

/** Frames at the sample's start that the edges replace. @param edgeFrames - how far the filter reaches into the sample */
export function headFrames(frames: i32, edgeFrames: i32): i32 {
	const half = frames >> 1;
	return edgeFrames < half ? edgeFrames : half;
}

/** Frames at the sample's end that the edges replace; with the head's never more than there are. */
export function tailFrames(frames: i32, edgeFrames: i32): i32 {
	const half = frames - (frames >> 1);
	return edgeFrames < half ? edgeFrames : half;
}

/** Frames that the edges take in the region. */
export function seamFrames(frames: i32, edgeFrames: i32): i32 {
	return edgeFrames === 0 ? 0 : headFrames(frames, edgeFrames) + tailFrames(frames, edgeFrames) + 2 * SEAM_FRAMES + 1;
}
