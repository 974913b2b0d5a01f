import { emptyPad, type PadSettings } from "../instrument/pad-state.ts";
import { defaultSetSettings, type SetSettings } from "../instrument/set-settings.ts";

/** What a file must say to be a set, and the version of its layout. */
export const setFormat = "flitzis-looper-set";
export const setVersion = 1;
/** How a file writes -Infinity, for which JSON has no number. */
export const silenceText = "-Infinity";

/** Where a set's sample is: a file that is stored, by its content, or one of the app's own sounds. */
export type SampleReference =
	| {
			/** SHA-256 of the original file, 64 hexadecimal digits. */
			readonly sha256: string;
			/** Length of that file. */
			readonly bytes: number;
			/** What it was called. */
			readonly name: string;
	  }
	/** Relative to the app. */
	| { readonly url: string };

/** A sample as a pad of a set shows it. */
export type SetSample = SampleReference & {
	readonly title: string;
	/** "#rrggbb"; null takes the colour of the pad's row. */
	readonly color: string | null;
};

/** A pad that is not as it was at first. */
export interface SetPad {
	/** From 0. */
	readonly pad: number;
	readonly sample: SetSample | null;
	readonly settings: PadSettings;
}

/** What a set is made of. docs/guide/sets.md describes its file. */
export interface SetDocument {
	readonly name: string;
	readonly settings: SetSettings;
	readonly pads: readonly SetPad[];
}

/** The text of a set's file. Settings of pads that have their default are left out. */
export function formatSet({ name, settings, pads }: SetDocument): string {
	const written = pads.map((pad) => ({
		pad: pad.pad,
		...(pad.sample === null ? {} : { sample: pad.sample }),
		settings: withoutDefaults(pad.settings),
	}));
	const file = { format: setFormat, version: setVersion, name, settings, pads: written };
	return `${JSON.stringify(file, replaceSilence, "\t")}\n`;
}

function withoutDefaults(settings: PadSettings): Partial<PadSettings> {
	const initial: Readonly<Record<string, unknown>> = { ...emptyPad.settings };
	const isInitial = (name: string, value: unknown): boolean => JSON.stringify(value) === JSON.stringify(initial[name]);
	return Object.fromEntries(Object.entries(settings).filter(([name, value]) => !isInitial(name, value)));
}

function replaceSilence(_name: string, value: unknown): unknown {
	return value === Number.NEGATIVE_INFINITY ? silenceText : value;
}

/** The stored files that a set's samples are, each once. */
export function filesOf({ pads }: SetDocument): ReadonlyMap<string, Extract<SetSample, { sha256: string }>> {
	const samples = pads.flatMap(({ sample }) => (sample !== null && "sha256" in sample ? [sample] : []));
	return new Map(samples.map((sample) => [sample.sha256, sample]));
}

/** A set with nothing in it. */
export function emptySet(name: string): SetDocument {
	return { name, settings: defaultSetSettings, pads: [] };
}
