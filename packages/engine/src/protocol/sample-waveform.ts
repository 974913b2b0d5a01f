import type { OwnedFloats } from "./platform-types.ts";

/** Frames that a peak of a sample's waveform spans; the last one may span fewer. */
export const FRAMES_PER_PEAK = 128;

/** The waveform of a sample at the engine's rate, over all of its channels, as it is drawn. */
export interface SampleWaveform {
	/** Frames of a peak: peak n spans those from n times that on. */
	readonly framesPerPeak: number;
	/** The lowest sample of each peak, nominally -1..1. */
	readonly lows: OwnedFloats;
	/** The highest sample of each peak, nominally -1..1. */
	readonly highs: OwnedFloats;
}
