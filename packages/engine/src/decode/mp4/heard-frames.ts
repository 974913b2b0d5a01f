import { atSecond, type Damage } from "../damage.ts";
import type { PacketStream, Recording } from "../platform/packet-stream.ts";
import type { EditEntry, EditList } from "./edit-list.ts";
import { EditPlan } from "./edit-plan.ts";

/** A track's sound before it is edited. */
export interface TrackSound {
	/** Frames per second, as the stream declares them. */
	readonly sampleRate: number;
	/** Ticks a second of the track's clock. */
	readonly timescale: number;
	/** When its first packet is due, in ticks of the track's clock: later than 0 in a part of a stream. */
	readonly startTime: number;
	/** Of all packets together, in ticks of the track's clock. */
	readonly duration: number;
	/** Frames of all packets. */
	readonly allFrames: number;
	/** It lies in movie fragments: an edit of no length goes to its end. */
	readonly isFragmented: boolean;
	/** What iTunes' note leaves of it; null without one. */
	readonly note: Recording | null;
	readonly trimEncoderDelay: boolean;
}

/** What of a track is heard. */
export type HeardFrames = Pick<PacketStream, "recording" | "edits">;

/**
 * What a track's edit list and iTunes' note leave of its sound.
 *
 * A list with one edit of sound tells the encoder's delay, and the note counts before it. A list with several says what is
 * heard in which order; the note then takes delay and padding out of each. Pauses are silence in both.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.6.6.
 *
 * @throws LooperError `unsupported-format` for more edits than can be played.
 */
export function heardFrames(sound: TrackSound, list: EditList | null, damage: Damage): HeardFrames {
	const whole = { start: 0, frames: framesOf(sound, sound.duration) };
	if (list === null) return { recording: sound.note ?? whole };
	const entries = entriesWithLength(list.entries, sound.isFragmented);
	const parts = entries.filter(({ mediaTime }) => mediaTime !== null);
	const [sole = null] = parts.length === 1 ? parts : [];
	const recording = sound.note ?? (sole === null ? whole : soleRecording(sound, sole, list.movieTimescale));
	const oddRate = parts.find(({ rate }) => rate !== 1)?.rate;
	if (oddRate !== undefined) {
		const what = `The edit list asks for ${oddRate} times the usual speed`;
		damage.report(list.byteOffset, `${what}; the sound plays at its own, for as long as the edit lasts.`);
	}
	if (parts.length === 0 || entries.length === 1) return { recording };
	if (list.movieTimescale === 0) {
		damage.report(list.byteOffset, "The movie has no clock to follow its edit list by; all of the sound plays.");
		return { recording };
	}
	const timed = { ...list, entries };
	const plan = sole === null ? planParts(sound, timed, damage) : planAround(sound, timed, recording);
	if (plan.hasSound) return { recording, edits: plan.edits };
	damage.report(list.byteOffset, "All edits lie behind the end of the sound; all of it plays instead.");
	return { recording };
}

/** An edit without length is left out, unless it goes to the end. */
function entriesWithLength(entries: readonly EditEntry[], isFragmented: boolean): EditEntry[] {
	const partCount = entries.filter(({ mediaTime }) => mediaTime !== null).length;
	return entries.filter(({ duration, mediaTime }, index) => {
		const isOpen = mediaTime !== null && (partCount === 1 || (isFragmented && index === entries.length - 1));
		return duration > 0 || isOpen;
	});
}

/**
 * From the edit's start to the end of the packets, or to the edit's end where that is earlier by more than the movie's
 * clock rounds. One that begins behind the end is not believed.
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

/** An entry at its place in the movie: both ends are rounded, so that lengths add up. */
interface TimedEntry {
	readonly mediaTime: number | null;
	/** In frames from the movie's start. */
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

/** The recording between the pauses before and behind it. */
function planAround(sound: TrackSound, list: EditList, recording: Recording): EditPlan {
	const { start, frames } = sound.trimEncoderDelay ? recording : { start: 0, frames: sound.allFrames };
	const plan = new EditPlan();
	for (const entry of timeline(sound, list))
		plan.add(entry.mediaTime === null ? { start: null, frames: entry.frames } : { start, frames });
	return plan;
}

/** Every edit in its place. The last one goes to the end of the sound if it stops short by no more than a clock rounds. */
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
			const what = `The edit ${atSecond(at, sampleRate)} asks for ${frames} frames, of which the file has ${there}`;
			damage.report(list.byteOffset, `${what}; what is behind it follows at once.`);
		}
		const goesToEnd = isLast && (frames === 0 || end + rounding >= heard.end);
		const from = Math.max(start, heard.start);
		plan.add({ start: from, frames: (goesToEnd ? heard.end : Math.min(end, heard.end)) - from });
	}
	return plan;
}

/** Frames of a time on the track's clock. */
function framesOf({ sampleRate, timescale }: TrackSound, ticks: number): number {
	return Math.round((ticks * sampleRate) / timescale);
}
