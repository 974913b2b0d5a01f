import { type EqualizerBands, type LoopRegion, type ParameterRange, parameterRanges } from "flitzis-looper";
import {
	emptyPad,
	longestSlicedSec,
	mostSlices,
	type PadSettings,
	type PadSlicing,
	usualSensitivity,
} from "../instrument/pad-state.ts";
import { defaultSetSettings, type SetSettings } from "../instrument/set-settings.ts";
import { silenceText } from "./set-document.ts";
import type { SetField } from "./set-field.ts";

const rangeOf = (owner: "pad" | "master" | "transport", name: string): ParameterRange | undefined =>
	parameterRanges(owner)[name];

/** A set's settings as far as they are there and in range; the others have their default. */
export function readSetSettings(field: SetField): SetSettings {
	return readNumbers(field, defaultSetSettings, (name) =>
		name === "masterGainDecibels"
			? rangeOf("master", "gainDecibels")
			: (rangeOf("transport", name) ?? rangeOf("master", name)),
	);
}

/** A pad's settings as far as they are there and in range; the others have their default. */
export function readPadSettings(field: SetField): PadSettings {
	const { eq, loopRegion, slicing, ...scalars } = emptyPad.settings;
	if (!field.isPresent || !field.checkObject()) return emptyPad.settings;
	return {
		...readNumbers(field, scalars, (name) => rangeOf("pad", name)),
		eq: readEqualizer(field.field("eq"), eq),
		loopRegion: readRegion(field.field("loopRegion"), loopRegion),
		slicing: readSlicing(field.field("slicing")) ?? slicing,
	};
}

/** A pad's colour; null for none. */
export function readColor(field: SetField): string | null {
	const isColor = (value: unknown): value is string | null =>
		value === null || (typeof value === "string" && /^#[0-9a-f]{6}$/iu.test(value));
	return field.isPresent ? field.read(isColor, 'null or a colour like "#e070b8"') : null;
}

function readEqualizer(field: SetField, initial: EqualizerBands): EqualizerBands {
	return readNumbers(field, initial, (name) => rangeOf("pad", `eq${name.slice(0, 1).toUpperCase()}${name.slice(1)}`));
}

function readRegion(field: SetField, initial: LoopRegion | null): LoopRegion | null {
	const isNull = (value: unknown): value is null => value === null;
	if (!field.isPresent || field.accepts(isNull) || !field.checkObject()) return initial;
	const range = rangeOf("pad", "loopEndFrame");
	const readFrame = (entry: SetField): number | null =>
		entry.read((value): value is number => range?.accepts(value) === true, range?.range ?? "");
	const startFrame = readFrame(field.field("startFrame"));
	const endFrame = readFrame(field.field("endFrame"));
	if (startFrame === null || endFrame === null) return initial;
	if (startFrame < endFrame) return { startFrame, endFrame };
	field.field("endFrame").refuse(`more than startFrame, ${startFrame}`);
	return initial;
}

function readSlicing(field: SetField): PadSlicing | null {
	if (!field.isPresent || !field.checkObject()) return null;
	let last = Number.NEGATIVE_INFINITY;
	const onsets = field.field("onsetsSec").list(mostSlices);
	const onsetsSec = onsets.flatMap((onset) => {
		const isLater = (value: unknown): value is number =>
			typeof value === "number" && value >= 0 && value < longestSlicedSec && value > last;
		const seconds = onset.read(isLater, `a number from 0 to ${longestSlicedSec}, above the one before`);
		last = seconds ?? last;
		return seconds === null ? [] : [seconds];
	});
	const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;
	const sensitivity = field.field("sensitivity").read(isShare, "a number from 0 to 1") ?? usualSensitivity;
	const isTail = (value: unknown): value is PadSlicing["tail"] => value === "loop" || value === "cut";
	return { onsetsSec, sensitivity, tail: field.field("tail").read(isTail, '"loop" or "cut"') ?? "loop" };
}

/** Reads what `initial` has, each by its range. Names that this version does not know are left out. */
function readNumbers<Values extends object>(
	field: SetField,
	initial: Values,
	findRange: (name: string) => ParameterRange | undefined,
): Values {
	if (!field.isPresent || !field.checkObject()) return initial;
	const decode = (value: unknown): unknown => (value === silenceText ? Number.NEGATIVE_INFINITY : value);
	const read = Object.keys(initial).flatMap((name) => {
		const entry = field.field(name);
		const range = findRange(name);
		if (!entry.isPresent || range === undefined) return [];
		const value = entry.read((found): found is number => range.accepts(decode(found)), range.range);
		return value === null ? [] : [[name, decode(value)]];
	});
	return { ...initial, ...Object.fromEntries(read) };
}
