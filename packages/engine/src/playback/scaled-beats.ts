import { MAX_BEATS, MIN_BEATS } from "../protocol/parameters.ts";
import type { ParameterValue } from "./parameter-table.ts";

/** What a call that changes some parameters of a pad implies for others. */
export type ImpliedValues = (
	changed: ReadonlyMap<string, ParameterValue>,
	read: (name: string) => ParameterValue,
) => Readonly<Record<string, ParameterValue>>;

/** A length in beats that no pad can have, and the one that is set instead. */
interface HeldBeats {
	readonly set: number;
	/** So many beats are so many frames of the source file. */
	readonly beats: number;
	readonly frames: number;
	/** Frames of the source file that this holds for. */
	readonly recordedFrames: number | null;
}

/**
 * A region of another length has another length in beats, in proportion, unless the call sets that, too. One that would be out of range is
 * held there, and the region that has it again gets the right one back.
 *
 * @param recordedFrames - of the pad's source file; null while it is not known
 */
export function scaledBeats(recordedFrames: () => number | null): ImpliedValues {
	let held: HeldBeats | null = null;
	return (changed, read) => {
		if (changed.has("lengthBeats")) held = null;
		const beats = Number(read("lengthBeats"));
		if (beats === 0 || changed.has("lengthBeats")) return {};
		if (!changed.has("loopStartFrame") && !changed.has("loopEndFrame")) return {};
		const recorded = recordedFrames();
		const isHeld = held !== null && held.set === beats && held.recordedFrames === recorded;
		const before = isHeld && held !== null ? held : { beats, frames: regionFrames(read, recorded) };
		const after = regionFrames((name) => changed.get(name) ?? read(name), recorded);
		const scaled = (before.beats * after) / before.frames;
		if (Number.isNaN(scaled)) return {};
		const lengthBeats = Math.min(Math.max(scaled, MIN_BEATS), MAX_BEATS);
		// The same for every region, so nothing is wrong with it when the call fails.
		held = lengthBeats === scaled ? null : { ...before, set: lengthBeats, recordedFrames: recorded };
		return lengthBeats === beats ? {} : { lengthBeats };
	};
}

/** Frames of the source file that a pad plays; NaN while that is not known. */
function regionFrames(value: (name: string) => ParameterValue, recordedFrames: number | null): number {
	const all = recordedFrames ?? Number.NaN;
	const [start, end] = [Number(value("loopStartFrame")), Number(value("loopEndFrame"))];
	const last = end === 0 ? all : Math.min(end, recordedFrames ?? end);
	return last > start ? last - start : all;
}
