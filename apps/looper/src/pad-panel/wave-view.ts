/** The part of a sample that is shown, in frames; need not be whole. */
export interface WaveView {
	readonly startFrame: number;
	readonly endFrame: number;
}

/** Nearer than that nothing more is seen. */
const fewestFrames = 16;

/** A view of the whole sample. @param frames - of the sample */
export function wholeView(frames: number): WaveView {
	return { startFrame: 0, endFrame: Math.max(frames, fewestFrames) };
}

/**
 * A view nearer or farther, with one frame where it was.
 *
 * @param frames - of the sample
 * @param factor - below 1 is nearer
 */
export function zoomed({ startFrame, endFrame }: WaveView, frames: number, factor: number, atFrame: number): WaveView {
	const span = endFrame - startFrame;
	const wanted = Math.min(Math.max(span * factor, fewestFrames), Math.max(frames, fewestFrames));
	const share = (atFrame - startFrame) / span;
	return within(atFrame - share * wanted, wanted, frames);
}

/** A view of the same length that begins so many frames later, as far as the sample reaches. */
export function scrolled({ startFrame, endFrame }: WaveView, frames: number, by: number): WaveView {
	return within(startFrame + by, endFrame - startFrame, frames);
}

/** The frame at a share of the view's width. */
export function frameAt({ startFrame, endFrame }: WaveView, share: number): number {
	return startFrame + share * (endFrame - startFrame);
}

/** Where a frame lies in the view: 0 at its left edge, 1 at its right one; beyond that outside. */
export function shareOfFrame({ startFrame, endFrame }: WaveView, frame: number): number {
	return (frame - startFrame) / (endFrame - startFrame);
}

function within(startFrame: number, span: number, frames: number): WaveView {
	const last = Math.max(0, frames - span);
	const start = Math.min(Math.max(0, startFrame), last);
	return { startFrame: start, endFrame: start + span };
}
