import type { SampleInfo } from "flitzis-looper";
import { emptyPad, loopSettings, type PadSettings } from "../instrument/pad-state.ts";
import { tempiOfName } from "./name-tempo.ts";

/** What a file is read for. */
type FileFacts = Pick<SampleInfo, "durationSec" | "source">;

/** The settings that a file can set. */
export type FileSettings = Pick<PadSettings, "loop" | "launchMode" | "sync" | "lengthBeats" | "loopRegion">;

/** Recordings of more beats are songs. */
export const mostLoopBeats = 256;
/** Of longer ones a tempo makes a whole number of bars by chance. */
const MOST_FITTED_BEATS = 128;
/** A tempo in a name, or a chunk, may be rounded to a whole number. */
const TEMPO_ROUNDING = 0.5;
/** The part of a beat by which a loop may miss a whole number of beats, whatever its tempo: codecs add some milliseconds. */
const LEAST_TOLERANCE = 0.03;
const MOST_TOLERANCE = 0.2;

/** The settings of a pad whose file says nothing. */
export const settingsOfNoLoop: FileSettings = fileSettingsOf(emptyPad.settings);

/** The part of a pad's settings that a file can set. */
export function fileSettingsOf({ loop, launchMode, sync, lengthBeats, loopRegion }: PadSettings): FileSettings {
	return { loop, launchMode, sync, lengthBeats, loopRegion };
}

export function isSameFileSettings(one: FileSettings, other: FileSettings): boolean {
	const [first, second] = [one.loopRegion, other.loopRegion];
	const isSameRegion = first?.startFrame === second?.startFrame && first?.endFrame === second?.endFrame;
	const names = ["loop", "launchMode", "sync", "lengthBeats"] as const;
	return isSameRegion && names.every((name) => one[name] === other[name]);
}

/**
 * What a file that is a loop says of itself: it goes round in time, as many beats as its chunks say, or as its chunks' or its name's tempo
 * makes of its length. Null where it says nothing, or nothing that its length bears out.
 */
export function settingsFromFile({ durationSec, source }: FileFacts): FileSettings | null {
	const { metadata, frames, sampleRate, name } = source;
	const looping = { ...loopSettings(true), sync: "repitch" } as const;
	if (metadata.isOneShot === true) return null;
	if (metadata.beats !== null && metadata.tempo !== null && metadata.beats <= mostLoopBeats)
		return { ...looping, lengthBeats: metadata.beats, loopRegion: null };
	const tempi = metadata.tempo === null ? tempiOfName(name) : [metadata.tempo];
	const [loop] = metadata.loops;
	if (loop?.type === "forward" && loop.endFrame - loop.startFrame < frames) {
		const lengthBeats = firstFit(tempi, (loop.endFrame - loop.startFrame) / sampleRate);
		const loopRegion = { startFrame: loop.startFrame, endFrame: loop.endFrame };
		if (lengthBeats !== null) return { ...looping, lengthBeats, loopRegion };
	}
	const lengthBeats = firstFit(tempi, durationSec);
	return lengthBeats === null ? null : { ...looping, lengthBeats, loopRegion: null };
}

function firstFit(tempi: readonly number[], seconds: number): number | null {
	for (const tempo of tempi) {
		const beats = wholeBeats(tempo, seconds);
		if (beats !== null) return beats;
	}
	return null;
}

/** The beats of a loop at about that tempo: one to four, six, or a multiple of four; null when its length is none of them. */
function wholeBeats(tempo: number, seconds: number): number | null {
	const beats = (tempo * seconds) / 60;
	const whole = Math.round(beats);
	const isUsual = whole <= 4 || whole === 6 || whole % 4 === 0;
	if (whole < 1 || whole > MOST_FITTED_BEATS || !isUsual) return null;
	const tolerance = Math.min(MOST_TOLERANCE, Math.max(LEAST_TOLERANCE, (whole * TEMPO_ROUNDING) / tempo));
	return Math.abs(beats - whole) <= tolerance ? whole : null;
}
