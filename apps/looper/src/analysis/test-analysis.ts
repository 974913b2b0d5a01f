import type { SampleAnalysis } from "flitzis-looper";

/** Eight beats at 120 in a loop of four seconds, in A minor; every beat is heard twice. */
export const loopAnalysis: SampleAnalysis = {
	tempo: { bpm: 120, confidence: 0.9, origin: "detected", alternatives: [240, 60, 180, 80, 160, 90], isConstant: true },
	beats: { firstBeatSec: 0, periodSec: 0.5, beatsPerBar: 4, firstDownbeatSec: 0, lengthBeats: 8 },
	key: { tonic: "A", mode: "minor", confidence: 0.8, tuningCents: 0, origin: "detected" },
	loudness: { lufs: -14.25, truePeakDecibels: -1 },
	onsetsSec: Array.from({ length: 16 }, (_, index) => index / 4),
	isPercussive: false,
};

/** The same beat in a recording whose bars begin after 0.7 s. */
export const trackAnalysis: SampleAnalysis = {
	...loopAnalysis,
	beats: { firstBeatSec: 0.2, periodSec: 0.5, beatsPerBar: 4, firstDownbeatSec: 0.7, lengthBeats: null },
	onsetsSec: [],
};
