import { atSecond, type Damage } from "../damage.ts";
import type { PacketStream, Recording } from "../platform/packet-stream.ts";
import type { EditEntry, EditList } from "./edit-list.ts";
import { EditPlan } from "./edit-plan.ts";

/** A track's sound before editing. */
export interface TrackSound {
	/** Declared frames per second. */
	readonly sampleRate: number;
	/** Ticks per second of the track clock. */
	readonly timescale: number;
	/** The time of its first packet, in ticks of the track clock: later than 0 in a part of a stream. */
	readonly startTime: number;
	/** Duration of all packets, in ticks of the track clock. */
	readonly duration: number;
	/** Frames of all packets. */
	readonly allFrames: number;
	/** It is in movie fragments: an edit without length extends to its end. */
	readonly isFragmented: boolean;
	/** The recording according to the iTunes gapless note; null without one. */
	readonly note: Recording | null;
	readonly trimEncoderDelay: boolean;
}

/** The played part of a track. */
export type PlayedFrames = Pick<PacketStream, "recording" | "edits">;

/**
 * What a track's edit list and iTunes gapless note leave of its sound.
 *
 * A list with a single edit of sound gives the encoder delay, and the note overrides it. A list with several gives the
 * order of playback; the note then removes delay and padding from each. Pauses are silence in both.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.6.6.
 *
 * @throws LooperError `unsupported-format` for too many edits.
 */
export function playedFrames(sound: TrackSound, list: EditList | null, damage: Damage): PlayedFrames {
	const whole = { start: 0, frames: framesOf(sound, sound.duration) };
	if (list === null) return { recording: sound.note ?? whole };
	const entries = entriesWithLength(list.entries, sound.isFragmented);
	const parts = entries.filter(({ mediaTime }) => mediaTime !== null);
	const [sole = null] = parts.length === 1 ? parts : [];
	const recording = sound.note ?? (sole === null ? whole : soleRecording(sound, sole, list.movieTimescale));
	const oddRate = parts.find(({ rate }) => rate !== 1)?.rate;
	if (oddRate !== undefined) {
		const what = `The edit list requests ${oddRate} times the normal speed`;
		damage.report(list.byteOffset, `${what}. The sound was loaded at normal speed, for the length of the edit.`);
	}
	if (parts.length === 0 || entries.length === 1) return { recording };
	if (list.movieTimescale === 0) {
		damage.report(list.byteOffset, "The movie has no clock for its edit list. All of the sound was loaded.");
		return { recording };
	}
	const timed = { ...list, entries };
	const plan = sole === null ? planParts(sound, timed, damage) : planAround(sound, timed, recording);
	if (plan.hasSound) return { recording, edits: plan.edits };
	damage.report(list.byteOffset, "All edits lie past the end of the sound. All of the sound was loaded instead.");
	return { recording };
}

/** Drops edits without length, unless they extend to the end. */
function entriesWithLength(entries: readonly EditEntry[], isFragmented: boolean): EditEntry[] {
	const partCount = entries.filter(({ mediaTime }) => mediaTime !== null).length;
	return entries.filter(({ duration, mediaTime }, index) => {
		const isOpen = mediaTime !== null && (partCount === 1 || (isFragmented && index === entries.length - 1));
		return duration > 0 || isOpen;
	});
}

/**
 * From the edit's start to the end of the packets, or to the edit's end if that is earlier by more than the movie clock's
 * rounding. An edit that begins past the end is ignored.
 */
function soleRecording(sound: TrackSound, { mediaTime, duration }: EditEntry, movieTimescale: number): Recording {
	const start = Math.max(0, (mediaTime ?? 0) - sound.startTime);
	const left = sound.duration - start;
	if (left <= 0) return { start: 0, frames: framesOf(sound, sound.duration) };
	const ticksPerMovieTick = movieTimescale > 0 ? sound.timescale / movieTimescale : 0;
	const edited = duration * ticksPerMovieTick;
	const isShorter = edited > 0 && edited + Math.max(1, ticksPerMovieTick) < left;
	return { start: framesOf(sound, start), frames: framesOf(sound, isShorter ? edited : left) };
}

/** An entry placed in the movie: both ends are rounded, so that lengths add up. */
interface TimedEntry {
	readonly mediaTime: number | null;
	/** In frames from the start of the movie. */
	readonly at: number;
	readonly frames: number;
	readonly isLast: boolean;
}

function* timeline({ sampleRate }: TrackSound, { entries, movieTimescale }: EditList): Generator<TimedEntry, void> {
	const framesAt = (time: number): number => Math.round((time * sampleRate) / movieTimescale);
	let time = 0;
	for (const [index, { mediaTime, duration }] of entries.entries()) {
		const at = framesAt(time);
		time += duration;
		yield { mediaTime, at, frames: framesAt(time) - at, isLast: index === entries.length - 1 };
	}
}

/** The recording between the pauses before and after it. */
function planAround(sound: TrackSound, list: EditList, recording: Recording): EditPlan {
	const { start, frames } = sound.trimEncoderDelay ? recording : { start: 0, frames: sound.allFrames };
	const plan = new EditPlan();
	for (const entry of timeline(sound, list))
		plan.add(entry.mediaTime === null ? { start: null, frames: entry.frames } : { start, frames });
	return plan;
}

/** Every edit in order. The last one is extended to the end of the sound if it is short by no more than rounding. */
function planParts(sound: TrackSound, list: EditList, damage: Damage): EditPlan {
	const { sampleRate, timescale, note, trimEncoderDelay } = sound;
	const plan = new EditPlan();
	const soundEnd = framesOf(sound, sound.duration);
	const isTrimmed = note !== null && trimEncoderDelay;
	const heard = isTrimmed ? { start: note.start, end: note.start + note.frames } : { start: 0, end: soundEnd };
	const rounding = Math.max(sampleRate / timescale, sampleRate / list.movieTimescale);
	for (const { mediaTime, at, frames, isLast } of timeline(sound, list)) {
		if (mediaTime === null) {
			plan.add({ start: null, frames });
			continue;
		}
		const start = framesOf(sound, mediaTime - sound.startTime);
		const end = start + frames;
		if (start < -rounding || end > soundEnd + rounding) {
			const there = Math.max(0, Math.min(end, soundEnd) - Math.max(start, 0));
			const what = `The edit ${atSecond(at, sampleRate)} requests ${frames} frames, but the file has ${there} there`;
			damage.report(list.byteOffset, `${what}. The next edit follows immediately.`);
		}
		const goesToEnd = isLast && (frames === 0 || end + rounding >= heard.end);
		const from = Math.max(start, heard.start);
		plan.add({ start: from, frames: (goesToEnd ? heard.end : Math.min(end, heard.end)) - from });
	}
	return plan;
}

/** Converts ticks of the track clock to frames. */
function framesOf({ sampleRate, timescale }: TrackSound, ticks: number): number {
	return Math.round((ticks * sampleRate) / timescale);
}
