import type { PadSettings } from "../instrument/pad-state.ts";
import { geometric, isolator, linear, type ValueScale, wholeNumbers } from "./value-scale.ts";

/** A value of a pad that a knob can set. */
export interface PadParameter {
	readonly title: string;
	readonly scale: ValueScale;
	readonly read: (settings: PadSettings) => number;
	/** The settings that set it. @param settings - the pad's until now */
	readonly write: (value: number, settings: PadSettings) => Partial<PadSettings>;
}

/** A switch of a pad. */
export interface PadSwitch {
	readonly title: string;
	readonly isOn: (settings: PadSettings) => boolean;
	/** The settings that switch it. */
	readonly write: (isOn: boolean) => Partial<PadSettings>;
}

/** The values of a pad. */
export const padParameters: Readonly<Record<PadParameterName, PadParameter>> = {
	gainDecibels: numeric("Gain", linear(-60, 6), "gainDecibels"),
	pan: numeric("Pan", linear(-1, 1), "pan"),
	speed: numeric("Speed", geometric(0.25, 4), "speed"),
	semitones: numeric("Semitones", wholeNumbers(-48, 48), "semitones"),
	cents: numeric("Cents", wholeNumbers(-100, 100), "cents"),
	seamFadeSec: numeric("Seam fade", linear(0, 1), "seamFadeSec"),
	eqLowDecibels: band("EQ low", "lowDecibels"),
	eqMidDecibels: band("EQ mid", "midDecibels"),
	eqHighDecibels: band("EQ high", "highDecibels"),
};

/** The switches of a pad. Its loop is left to `Pads.switchLoop`, which also stops what runs. */
export const padSwitches: Readonly<Record<Exclude<PadSwitchName, "loop">, PadSwitch>> = {
	isMuted: binary("Mute", "isMuted"),
	isReversed: binary("Reverse", "isReversed"),
	isTriggerMuted: binary("Trigger mute", "isTriggerMuted"),
	isSoloed: binary("Solo", "isSoloed"),
	isCued: binary("Cue", "isCued"),
	legato: binary("Legato", "legato"),
};

/** The values of master and transport. */
export const sharedParameters: Readonly<
	Record<SharedParameterName, { readonly title: string; readonly scale: ValueScale }>
> = {
	"master.gainDecibels": { title: "Master gain", scale: linear(-60, 6) },
	"master.limiterCeilingDecibels": { title: "Limiter ceiling", scale: linear(-24, 0) },
	"transport.tempo": { title: "Tempo", scale: linear(20, 400, 380) },
	"transport.lateWindowSec": { title: "Late window", scale: linear(0, 1) },
	"transport.metronomeGainDecibels": { title: "Metronome gain", scale: linear(-60, 0) },
};

/** The switches of master and transport. */
export const sharedSwitches: Readonly<Record<SharedSwitchName, { readonly title: string }>> = {
	"master.isLimiterOn": { title: "Limiter" },
	"transport.isExclusive": { title: "Exclusive mode" },
	"transport.isMetronomeOn": { title: "Metronome" },
};

export type PadParameterName =
	| "gainDecibels"
	| "pan"
	| "speed"
	| "semitones"
	| "cents"
	| "seamFadeSec"
	| "eqLowDecibels"
	| "eqMidDecibels"
	| "eqHighDecibels";
export type PadSwitchName = "loop" | "isMuted" | "isReversed" | "isTriggerMuted" | "isSoloed" | "isCued" | "legato";
export type SharedParameterName =
	| "master.gainDecibels"
	| "master.limiterCeilingDecibels"
	| "transport.tempo"
	| "transport.lateWindowSec"
	| "transport.metronomeGainDecibels";
export type SharedSwitchName = "master.isLimiterOn" | "transport.isExclusive" | "transport.isMetronomeOn";

export const padParameterNames = Object.keys(padParameters) as readonly PadParameterName[];
export const padSwitchNames: readonly PadSwitchName[] = [
	"loop",
	...(Object.keys(padSwitches) as Exclude<PadSwitchName, "loop">[]),
];
export const sharedParameterNames = Object.keys(sharedParameters) as readonly SharedParameterName[];
export const sharedSwitchNames = Object.keys(sharedSwitches) as readonly SharedSwitchName[];

type NumericSetting = {
	[Name in keyof PadSettings]: PadSettings[Name] extends number ? Name : never;
}[keyof PadSettings];
type BinarySetting = {
	[Name in keyof PadSettings]: PadSettings[Name] extends boolean ? Name : never;
}[keyof PadSettings];

function numeric(title: string, scale: ValueScale, name: NumericSetting): PadParameter {
	return { title, scale, read: (settings) => settings[name], write: (value) => ({ [name]: value }) };
}

function band(title: string, name: keyof PadSettings["eq"]): PadParameter {
	return {
		title,
		scale: isolator(6),
		read: ({ eq }) => eq[name],
		write: (value, { eq }) => ({ eq: { ...eq, [name]: value } }),
	};
}

function binary(title: string, name: BinarySetting): PadSwitch {
	return { title, isOn: (settings) => settings[name], write: (isOn) => ({ [name]: isOn }) };
}
