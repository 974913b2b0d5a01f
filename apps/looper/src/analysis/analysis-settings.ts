import type { SampleAnalysis, SampleInfo } from "flitzis-looper";
import { loopSettings } from "../instrument/pad-state.ts";
import { type FileSettings, mostLoopBeats } from "./file-settings.ts";

/** What an analysis is made of that a pad is set from. */
type Found = Pick<SampleAnalysis, "tempo" | "beats" | "onsetsSec" | "isPercussive">;

/** Tempos found with less confidence are shown, and nothing is set from them. */
const leastConfidence = 0.6;
/** Shorter sounds are mostly one-shots, in which something like a beat is found, too. */
const fewestBeats = 4;
/** What the engine takes. */
const mostBeats = 4_096;
/** Onsets of longer recordings are not found, in seconds. */
const longestWithOnsets = 60;
/** A bar may end that much behind the sample, as a part of a beat: encoders cut. */
const endTolerance = 0.05;

/** Whether a tempo is shown as uncertain. */
export function isUncertain({ tempo }: Pick<SampleAnalysis, "tempo">): boolean {
	return tempo !== null && (tempo.confidence < leastConfidence || !tempo.isConstant);
}

/**
 * The settings of a pad whose beats have been found: a loop goes round whole; of a longer recording the whole bars, from the first beat of
 * the first one on. Drums are cut into slices, anything else is repitched. What is longer than 256 beats is a song and does not loop by
 * itself. Null where no even beat was found.
 */
export function settingsFromAnalysis(
	{ tempo, beats, isPercussive }: Found,
	{ source: { frames, sampleRate } }: Pick<SampleInfo, "source">,
): FileSettings | null {
	if (tempo === null || beats === null || !tempo.isConstant) return null;
	const sync = isPercussive ? "slices" : "repitch";
	if (beats.lengthBeats !== null)
		return { ...loopSettings(true), sync, lengthBeats: beats.lengthBeats, loopRegion: null };
	const { firstDownbeatSec, periodSec, beatsPerBar } = beats;
	const beatsBehind = (frames / sampleRate - firstDownbeatSec) / periodSec + endTolerance;
	const bars = Math.floor(Math.min(beatsBehind, mostBeats) / beatsPerBar);
	if (bars < 1) return null;
	const lengthBeats = bars * beatsPerBar;
	const startFrame = firstDownbeatSec * sampleRate;
	const endFrame = Math.min(frames, startFrame + lengthBeats * periodSec * sampleRate);
	return { ...loopSettings(lengthBeats <= mostLoopBeats), sync, lengthBeats, loopRegion: { startFrame, endFrame } };
}

/** The same, where the analysis is sure enough to be followed without being asked: as many sounds begin as there are beats. */
export function sureSettings(analysis: Found, info: Pick<SampleInfo, "durationSec" | "source">): FileSettings | null {
	const settings =
		isUncertain(analysis) || info.source.metadata.isOneShot === true ? null : settingsFromAnalysis(analysis, info);
	if (settings === null || settings.lengthBeats < fewestBeats) return null;
	const hasOnsets = info.durationSec <= longestWithOnsets;
	return hasOnsets && analysis.onsetsSec.length < settings.lengthBeats ? null : settings;
}
