import { heldSource, type PadSettings, type PadSource, type PadState } from "./pad-state.ts";

/** What edits put on a pad, take from it, and move between pads: a sound, and settings. */
export interface PadContent {
	readonly wanted: PadSource | null;
	readonly settings: PadSettings;
}

/** What could not be loaded onto an empty pad: it may be there another time. */
function failedSource({ sample, load }: PadState): PadSource | null {
	return sample === null && load?.phase === "failed" ? load.wanted : null;
}

/**
 * A pad's content: the sound that it loads, with the settings that come with it, otherwise the one that it plays, or has failed to load.
 */
export function contentOf(pad: PadState): PadContent {
	const held = heldSource(pad) ?? failedSource(pad);
	if (held === null) return { wanted: null, settings: pad.settings };
	const { source, title, isDemo, color, settings = pad.settings } = held;
	return {
		wanted: { source, title, isDemo, color },
		settings,
	};
}

/** Those of `settings` that have the names of `others`. */
export function sameSettings(settings: PadSettings, others: Partial<PadSettings>): Partial<PadSettings> {
	return Object.fromEntries(Object.entries(settings).filter(([name]) => name in others));
}

/** The names of the settings that differ. */
export function namesOfChanged(before: PadSettings, after: PadSettings): readonly (keyof PadSettings)[] {
	const names = Object.keys(after) as readonly (keyof PadSettings)[];
	return names.filter((name) => before[name] !== after[name]);
}

/** The engine's parameters that differ from `before`. */
export function changedSettings(before: PadSettings, after: PadSettings): Partial<Omit<PadSettings, "slicing">> {
	const names = namesOfChanged(before, after).filter((name) => name !== "slicing");
	const changed: Partial<PadSettings> = Object.fromEntries(names.map((name) => [name, after[name]]));
	// Without its length in beats the engine would scale that with the region.
	return changed.loopRegion === undefined ? changed : { ...changed, lengthBeats: after.lengthBeats };
}
