/**
 * The seam of a resampled sample: what its first and last frames are when it goes round, instead of lying between silence.
 *
 * These *edges* lie in the sample's region behind the guard frames, first the head's, then the tail's, and one frame more,
 * which a round needs that is a frame longer than the sample. Compiled by both `tsc` and `asc`.
 */

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
	return edgeFrames === 0 ? 0 : headFrames(frames, edgeFrames) + tailFrames(frames, edgeFrames) + 1;
}

/**
 * The frame on which a round begins, counted from the loop's start: the nearest to its exact place, so that nothing adds up.
 *
 * @param loopFrames - exact length of a round; @param round - rounds before it, a whole number
 */
export function roundStart(loopFrames: f64, round: f64): f64 {
	return Math.floor(loopFrames * round + 0.5);
}
