/** How a resampled sample goes round; what its edges are: seam.ts. */
export interface LoopSeam {
	/** Frames at either end that the edges replace, unless the sample is too short for both. */
	readonly edgeFrames: number;
	/** Exact length of a round, in frames of the engine's rate. */
	readonly loopFrames: number;
}
