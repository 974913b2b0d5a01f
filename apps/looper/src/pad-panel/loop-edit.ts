import type { PadSettings } from "../instrument/pad-state.ts";
import { fewestBeats, type Recording, regionOf } from "../instrument/played-region.ts";
import type { BeatGrid } from "./snap.ts";

/** What a pad's region is computed from. */
export type RegionSettings = Pick<PadSettings, "loopRegion" | "lengthBeats">;

/** An end of the region. */
export type LoopEdge = "start" | "end";

/** The shortest region that a handle leaves. */
const fewestFrames = 32;
const mostBeats = 4_096;

/**
 * The settings when one end of the region is moved. Its length in beats changes in proportion, so that the tempo stays.
 *
 * @param before - as they were when the drag began
 * @param frame - of the source file; held within the recording, and away from the other end
 */
export function movedEdge(before: RegionSettings, recording: Recording, edge: LoopEdge, frame: number): RegionSettings {
	const { startFrame, endFrame } = regionOf(before, recording);
	const region =
		edge === "start"
			? { startFrame: Math.max(0, Math.min(frame, endFrame - fewestFrames)), endFrame }
			: { startFrame, endFrame: Math.min(recording.frames, Math.max(frame, startFrame + fewestFrames)) };
	const factor = (region.endFrame - region.startFrame) / (endFrame - startFrame);
	const isWhole = region.startFrame <= 0 && region.endFrame >= recording.frames;
	return { loopRegion: isWhole ? null : region, lengthBeats: heldBeats(before.lengthBeats * factor) };
}

/** The lines of the pad's own beat, from the start of its region; null while its length in beats is not known. */
export function beatGridOf(settings: RegionSettings, recording: Recording): BeatGrid | null {
	if (settings.lengthBeats === 0) return null;
	const { startFrame, endFrame } = regionOf(settings, recording);
	return { anchorFrame: startFrame, framesPerBeat: (endFrame - startFrame) / settings.lengthBeats };
}

/** The tempo that the pad's length in beats says, in beats per minute; null while that is not known. */
export function ownTempo(settings: RegionSettings, recording: Recording): number | null {
	const grid = beatGridOf(settings, recording);
	return grid === null ? null : (60 * recording.sampleRate) / grid.framesPerBeat;
}

/** A number of beats as the engine takes it: 0 for none, else 1/32..4,096. */
export function heldBeats(beats: number): number {
	return beats === 0 ? 0 : Math.min(mostBeats, Math.max(fewestBeats, beats));
}
