import { MAX_BEATS, MIN_BEATS } from "../protocol/parameters.ts";
import type { ParameterValue } from "./parameter-table.ts";

/** What a call that changes some parameters of a pad implies for others. */
export type ImpliedValues = (
	changed: ReadonlyMap<string, ParameterValue>,
	read: (name: string) => ParameterValue,
) => Readonly<Record<string, ParameterValue>>;

/**
 * A region of another length has another length in beats, in proportion, unless the call sets that, too.
 *
 * @param recordedFrames - of the pad's source file; null while it is not known
 */
export function scaledBeats(recordedFrames: () => number | null): ImpliedValues {
	return (changed, read) => {
		const beats = Number(read("lengthBeats"));
		if (beats === 0 || changed.has("lengthBeats")) return {};
		if (!changed.has("loopStartFrame") && !changed.has("loopEndFrame")) return {};
		const lengthOf = (value: (name: string) => ParameterValue): number => {
			const all = recordedFrames() ?? Number.NaN;
			const [start, end] = [Number(value("loopStartFrame")), Number(value("loopEndFrame"))];
			const last = end === 0 ? all : Math.min(end, Number.isNaN(all) ? end : all);
			return last > start ? last - start : all;
		};
		const before = lengthOf(read);
		const after = lengthOf((name) => changed.get(name) ?? read(name));
		const scaled = (beats * after) / before;
		return scaled >= MIN_BEATS && scaled <= MAX_BEATS && scaled !== beats ? { lengthBeats: scaled } : {};
	};
}
