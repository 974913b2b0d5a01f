/** A piece of a slice's tail that goes round while the next slice is waited for. Frames are those of the source file. */
export interface SliceTail {
	/** Where the piece begins, behind the slice's `onsetFrame` by 2^32 at most. */
	readonly startFrame: number;
	/** How long it is, 0..65,536; of less than 64 frames of the engine the slice fades out instead. */
	readonly periodFrames: number;
	/** What each round keeps of the level, 0..1. */
	readonly decay: number;
	/** Whether the rounds are so alike that they fade into each other linearly, else with constant power. */
	readonly isCorrelated: boolean;
}

/** A piece of a sample that begins with an attack. Frames are those of the source file and need not be whole. */
export interface Slice {
	/** Where the slice is cut, up to 65,536 frames before `onsetFrame`; below 0 it is the end of the loop, which the first slice may begin in. */
	readonly startFrame: number;
	/** Where it begins to sound, 0 or more and inside the sample: the frame that is kept on its place in the music. */
	readonly onsetFrame: number;
	/** What goes round behind its end; null = it fades out. */
	readonly tail: SliceTail | null;
}

/** Options of `pad.slice`. */
export interface SliceOptions {
	/** Where the slices begin to sound, in seconds from the sample's start, ascending and inside it; 128 at most. Left out: they are found. */
	readonly onsetsSec?: readonly number[];
	/** How weak an onset may be to be found, 0..1. Default 0.5 */
	readonly sensitivity?: number;
	/** What bridges the gap behind a slice when the tempo is slower: a piece of its tail that goes round, or a fade. Default "loop" */
	readonly tail?: "loop" | "cut";
}
