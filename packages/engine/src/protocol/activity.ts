/** What pads and master do, as of one block; arrays that are made once and filled by `readActivity`, an item per pad. */
export interface Activity {
	/** Frames rendered when it was read, exact to 2^53. */
	frame: number;
	/** The transport's beat at that frame; while it stands still the one that it starts at. */
	beat: number;
	/** Beats per minute. */
	tempo: number;
	isTransportRunning: boolean;
	/** Highest absolute output sample, falling by 30 dB per second. */
	masterPeak: number;
	/** Root mean square of the output over about 0.3 s. */
	masterRms: number;
	/** By how many decibels the limiter reduced the gain of the newest block at most, 0 or more. */
	gainReductionDecibels: number;
	/** 0 = idle, 1 = playing, 2 = queued, 3 = stopping, 4 = paused, as in `PadEvent`. */
	readonly padState: Uint8Array;
	/** 1 while a pad's loop cannot follow the tempo, because its rate would lie outside 0.25..4 and is held there; else 0. */
	readonly isRateHeld: Uint8Array;
	/** The line that a start, a restart or a stop waits for, in beats; NaN when nothing does. */
	readonly queuedBeat: Float64Array;
	/** Voices that sound; those that are being released do not count. */
	readonly voices: Uint16Array;
	/** Frame that the newest of the pad's voices plays next, at the engine's rate. */
	readonly playhead: Float64Array;
	/** As `masterPeak` and `masterRms`, of the pad behind its gain. */
	readonly peak: Float32Array;
	readonly rms: Float32Array;
	/** Ends the metering of the pads that nobody else reads. Idempotent. */
	close(): void;
}
