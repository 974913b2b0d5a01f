import type { PadSettings } from "../instrument/pad-state.ts";
import { type Recording, regionOf } from "../instrument/played-region.ts";
import { type LoopEdge, movedEdge } from "../pad-panel/loop-edit.ts";
import { geometric, isolator, linear, places, stepped, type ValueScale, wholeNumbers } from "./value-scale.ts";

/** A value of a pad, as a knob sets it. */
interface PadKnob {
	readonly scale: ValueScale;
	readonly read: (settings: PadSettings) => number;
	/** The settings that set it. @param before - the pad's when the knob's movement began */
	readonly write: (value: number, before: PadSettings) => Partial<PadSettings>;
}

/** A value of a pad that a knob can set. @returns null for a value that a pad without a recording does not have */
type PadParameter = (recording: Recording | null) => PadKnob | null;

/** A switch of a pad. */
interface PadSwitch {
	readonly isOn: (settings: PadSettings) => boolean;
	/** The settings that switch it. */
	readonly write: (isOn: boolean) => Partial<PadSettings>;
}

/** Lengths of loops that a knob can set, in beats; 0 is not known. */
const beatLengths: readonly number[] = [
	0,
	1 / 32,
	1 / 16,
	1 / 8,
	1 / 4,
	1 / 2,
	...Array.from({ length: 16 }, (_, index) => index + 1),
	20,
	24,
	28,
	32,
	40,
	48,
	56,
	64,
	96,
	128,
	192,
	256,
];

/** The values of a pad. */
export const padParameters: Readonly<Record<PadParameterName, PadParameter>> = {
	gainDecibels: numeric(linear(-60, 6), "gainDecibels"),
	pan: numeric(linear(-1, 1), "pan"),
	speed: numeric(geometric(0.25, 4), "speed"),
	semitones: numeric(wholeNumbers(-48, 48), "semitones"),
	cents: numeric(wholeNumbers(-100, 100), "cents"),
	seamFadeSec: numeric(linear(0, 1), "seamFadeSec"),
	lengthBeats: numeric(stepped(beatLengths), "lengthBeats"),
	loopStartFrame: loopPoint("start"),
	loopEndFrame: loopPoint("end"),
	eqLowDecibels: band("lowDecibels"),
	eqMidDecibels: band("midDecibels"),
	eqHighDecibels: band("highDecibels"),
};

/** The switches of a pad. Its loop is left to `Pads.switchLoop`, which also stops what runs. */
export const padSwitches: Readonly<Record<Exclude<PadSwitchName, "loop">, PadSwitch>> = {
	isMuted: binary("isMuted"),
	isReversed: binary("isReversed"),
	isTriggerMuted: binary("isTriggerMuted"),
	isSoloed: binary("isSoloed"),
	isCued: binary("isCued"),
	legato: binary("legato"),
};

/** The values of master and transport. */
export const sharedScales: Readonly<Record<SharedParameterName, ValueScale>> = {
	"master.gainDecibels": linear(-60, 6),
	"master.limiterCeilingDecibels": linear(-24, 0),
	"transport.tempo": linear(20, 400, 380),
	"transport.lateWindowSec": linear(0, 1),
	"transport.metronomeGainDecibels": linear(-60, 0),
};

export type PadParameterName =
	| "gainDecibels"
	| "pan"
	| "speed"
	| "semitones"
	| "cents"
	| "seamFadeSec"
	| "lengthBeats"
	| "loopStartFrame"
	| "loopEndFrame"
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
export const sharedParameterNames = Object.keys(sharedScales) as readonly SharedParameterName[];
export const sharedSwitchNames: readonly SharedSwitchName[] = [
	"master.isLimiterOn",
	"transport.isExclusive",
	"transport.isMetronomeOn",
];

type NumericSetting = {
	[Name in keyof PadSettings]: PadSettings[Name] extends number ? Name : never;
}[keyof PadSettings];
type BinarySetting = {
	[Name in keyof PadSettings]: PadSettings[Name] extends boolean ? Name : never;
}[keyof PadSettings];

function numeric(scale: ValueScale, name: NumericSetting): PadParameter {
	const knob: PadKnob = { scale, read: (settings) => settings[name], write: (value) => ({ [name]: value }) };
	return () => knob;
}

function band(name: keyof PadSettings["eq"]): PadParameter {
	const knob: PadKnob = {
		scale: isolator(6),
		read: ({ eq }) => eq[name],
		write: (value, { eq }) => ({ eq: { ...eq, [name]: value } }),
	};
	return () => knob;
}

function loopPoint(edge: LoopEdge): PadParameter {
	return (recording) => {
		if (recording === null) return null;
		const read = (settings: PadSettings): number => {
			const { startFrame, endFrame } = regionOf(settings, recording);
			return edge === "start" ? startFrame : endFrame;
		};
		return { scale: places(recording), read, write: (frame, before) => movedEdge(before, recording, edge, frame) };
	};
}

function binary(name: BinarySetting): PadSwitch {
	return { isOn: (settings) => settings[name], write: (isOn) => ({ [name]: isOn }) };
}
