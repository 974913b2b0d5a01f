import type { PadContent } from "./pad-content.ts";
import { loopSettings, type PadState } from "./pad-state.ts";
import { fewestBeats, type Recording, regionOf } from "./played-region.ts";

/** Into how many parts a pad can be chopped. */
export const chopCounts = [2, 4, 8, 16] as const;

/** Shorter parts than this many seconds are no sounds of their own. */
const MIN_PART_SECONDS = 0.001;

/** Splits what a pad plays at frames of the source file, into one-shots that sound as the pad does; null when one would be too short. */
export function choppedAt(
	cuts: readonly number[],
	{ wanted, settings }: PadContent,
	recording: Recording,
): readonly PadContent[] | null {
	if (wanted === null) return null;
	const { startFrame, endFrame } = regionOf(settings, recording);
	const edges = [...cuts.filter((frame) => frame >= startFrame && frame < endFrame), endFrame];
	const parts = edges.slice(1).map((end, part) => ({ startFrame: edges[part]!, endFrame: end }));
	const isShort = parts.some((part) => part.endFrame - part.startFrame < MIN_PART_SECONDS * recording.sampleRate);
	if (isShort || parts.length === 0) return null;
	const once = { ...settings, ...loopSettings(false), sync: "off", lengthBeats: 0, slicing: null } as const;
	return parts.map((loopRegion, part) => ({
		wanted: { ...wanted, title: `${wanted.title} ${part + 1}/${parts.length}` },
		settings: { ...once, loopRegion },
	}));
}

/** Splits what a pad plays into equal parts, each with the pad's sound and settings; null when the parts would be too short. */
export function choppedInto(
	parts: number,
	{ wanted, settings }: PadContent,
	recording: Recording,
): readonly PadContent[] | null {
	if (wanted === null) return null;
	const { startFrame, endFrame } = regionOf(settings, recording);
	const partFrames = (endFrame - startFrame) / parts;
	if (partFrames < MIN_PART_SECONDS * recording.sampleRate) return null;
	const beats = settings.lengthBeats / parts;
	return Array.from({ length: parts }, (_, part) => ({
		wanted: { ...wanted, title: `${wanted.title} ${part + 1}/${parts}` },
		settings: {
			...settings,
			slicing: null,
			loopRegion: { startFrame: startFrame + part * partFrames, endFrame: startFrame + (part + 1) * partFrames },
			lengthBeats: beats < fewestBeats ? 0 : beats,
		},
	}));
}

/** The first of so many pads in a row behind `pad` that hold nothing; null when there is no such row. */
export function emptyRunBehind(pad: number, count: number, states: readonly PadState[]): number | null {
	let length = 0;
	for (let index = pad + 1; index < states.length; index++) {
		const { sample, load } = states[index]!;
		length = sample === null && load === null ? length + 1 : 0;
		if (length === count) return index - count + 1;
	}
	return null;
}

/** Why a pad was not chopped. */
export function chopRefusal(pad: number, count: number, isTooShort: boolean): string {
	return isTooShort
		? `Each of ${count} parts would last less than a millisecond. Choose fewer parts, or a longer region.`
		: `There are no ${count} empty pads in a row behind pad ${pad + 1}. Empty some there, or choose fewer parts.`;
}
