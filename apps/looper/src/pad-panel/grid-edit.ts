import { fewestBeats, type Recording, regionOf } from "../instrument/played-region.ts";
import { beatGridOf, heldBeats, type RegionSettings } from "./loop-edit.ts";
import { nearestLine } from "./snap.ts";

/** A tempo that is typed or tapped may be rounded by as much, in beats per minute. */
const tempoRounding = 0.5;
/** What rounding may make of a length in beats at most. */
const mostOff = 0.25;
/** Beats behind the end by less than this part of one still fit. */
const fitTolerance = 1e-6;

/**
 * The settings when the beats follow each other so many beats further on. A region that does not fit behind that any more loses whole
 * beats.
 *
 * @param beats - of the pad itself; may be negative
 */
export function shifted(settings: RegionSettings, recording: Recording, beats: number): RegionSettings {
	const grid = beatGridOf(settings, recording);
	return grid === null ? settings : movedTo(settings, recording, grid.anchorFrame + beats * grid.framesPerBeat);
}

/** The settings when the region begins at the pad's beat nearest to a frame, or at the frame while no beats are known. */
export function beginningAt(settings: RegionSettings, recording: Recording, frame: number): RegionSettings {
	const grid = beatGridOf(settings, recording);
	if (grid !== null) return movedTo(settings, recording, nearestLine(frame, grid));
	const { endFrame } = regionOf(settings, recording);
	return frame >= 0 && frame < endFrame ? { ...settings, loopRegion: { startFrame: frame, endFrame } } : settings;
}

/** The settings when the region begins at another frame, and its beats keep their length. The same settings where none would fit. */
export function movedTo(settings: RegionSettings, recording: Recording, startFrame: number): RegionSettings {
	const { startFrame: before, endFrame } = regionOf(settings, recording);
	const { lengthBeats } = settings;
	if (startFrame < 0 || startFrame === before) return settings;
	if (lengthBeats === 0) {
		const end = endFrame + startFrame - before;
		return end > recording.frames ? settings : { lengthBeats, loopRegion: { startFrame, endFrame: end } };
	}
	const framesPerBeat = (endFrame - before) / lengthBeats;
	const room = (recording.frames - startFrame) / framesPerBeat + fitTolerance;
	const beats = room >= lengthBeats ? lengthBeats : Math.floor(room);
	if (beats < fewestBeats) return settings;
	const end = Math.min(recording.frames, startFrame + beats * framesPerBeat);
	return { lengthBeats: beats, loopRegion: { startFrame, endFrame: end } };
}

/**
 * The settings of a pad that has that tempo: a region that is about a whole number of beats is so many, another one ends behind its last
 * whole beat. One that is shorter than a beat has a part of one.
 *
 * @param tempo - beats per minute
 */
export function withTempo(settings: RegionSettings, recording: Recording, tempo: number): RegionSettings {
	const { startFrame, endFrame } = regionOf(settings, recording);
	const framesPerBeat = (60 * recording.sampleRate) / tempo;
	const beats = (endFrame - startFrame) / framesPerBeat;
	const whole = Math.round(beats);
	const isWhole = whole >= 1 && Math.abs(beats - whole) <= Math.min(mostOff, (whole * tempoRounding) / tempo + 0.01);
	if (isWhole) return { ...settings, lengthBeats: heldBeats(whole) };
	const fitting = Math.floor(beats);
	if (fitting < 1) return { ...settings, lengthBeats: heldBeats(beats) };
	const lengthBeats = heldBeats(fitting);
	return { lengthBeats, loopRegion: { startFrame, endFrame: startFrame + lengthBeats * framesPerBeat } };
}
