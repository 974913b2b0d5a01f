import { checkOneOf, show } from "../check-arguments.ts";
import * as numbers from "../protocol/parameters.ts";

/** More would only ever clip. */
const MAX_GAIN_DECIBELS = 24;
const MAX_BAND_DECIBELS = 6;
const BEATS_RANGE = `0 or a number of beats from ${numbers.MIN_BEATS} to ${numbers.MAX_BEATS}`;
/** JSON cannot hold -Infinity; this is silence, too. */
const SILENCE_DECIBELS = -1000;

/** What a parameter is at first, and which values it takes: for programs that read them from a file. */
export interface ParameterRange<Value = ParameterValue> {
	readonly default: Value;
	/** What its values are, as an error message says it. */
	readonly range: string;
	/** Whether it is a value. A performance file holds values as they are, but for -Infinity, which JSON cannot hold. */
	accepts(value: unknown): value is Value;
}

/** One parameter as the engine knows it. */
export interface Parameter<Value> extends ParameterRange<Value> {
	/** Its number in `SET_PARAMETER`. */
	readonly number: number;
	/** The number that the kernel has for a value. */
	encode(value: Value): number;
	/** The value that a number of the kernel's means, one that JSON can hold. */
	decode(encoded: number): Value;
}

/**
 * What a press means: it starts; it sounds while the pad is held; it starts and the next one stops; it starts again on every line of the
 * launch quantum while the pad is held.
 */
export type LaunchMode = "trigger" | "gate" | "toggle" | "repeat";

/** How a pad follows the tempo: not at all; by its rate, and so its pitch; by its slices (`pad.slice`), which without any, and backwards, is the same. */
export type Sync = "off" | "repitch" | "slices";

/** Beats between the lines that are waited for, 1/32..4096; 0 = none, "global" = the transport's quantum. */
export type Quantum = number | "global";

/** Parameters of a pad, each a number, a choice or a switch. */
export interface PadScalars {
	/** Gain of the pad's strip in decibels, -Infinity..24. It moves there within 10 ms while the pad sounds. 0 at first. */
	gainDecibels: number;
	/** Whether a press starts a loop; at first it does not. */
	loop: boolean;
	/** "trigger" at first. */
	launchMode: LaunchMode;
	/** Balance, -1..1: in the middle both sides have their full level. 0 at first. It moves as the gain does. */
	pan: number;
	/** Whether the strip is silent; what sounds runs on unheard. */
	isMuted: boolean;
	/** Where the loop starts, in frames of the source file; `loopRegion` sets both points. */
	loopStartFrame: number;
	/** One past the loop's last frame; 0 = the sample's end, which `loopRegion` reads as 2^32. At the start or before it the whole sample is played. */
	loopEndFrame: number;
	/** Seconds over which the loop's end fades into what lies before its start, 0..1. 0 at first. */
	seamFadeSec: number;
	/** Factor of the playing speed, 0.25..4. 1 at first. Under a sync it multiplies the synced speed. */
	speed: number;
	/** Changes pitch and speed together, -48..48. A sync ignores it. */
	semitones: number;
	/** Adds to `semitones`, -100..100. */
	cents: number;
	isReversed: boolean;
	/** "off" at first. */
	sync: Sync;
	/** How many beats the loop is, 1/32..4096; 0, as at first, when that is not known. */
	lengthBeats: number;
	/** The lines on which a press starts. "global" at first. */
	launchQuantum: Quantum;
	/** The lines on which a stop takes effect. "global" at first. */
	stopQuantum: Quantum;
	/** Whether a press of a one-shot restarts it or, as at first, adds a voice. */
	retrigger: "restart" | "overlap";
	/** Whether a launch takes over the phase of what its choke group plays. */
	legato: boolean;
	/** Pads of one group, 1..16, choke each other; 0 = none. */
	chokeGroup: number;
	/** Whether presses are refused; what sounds goes on. */
	isTriggerMuted: boolean;
	/** While any pad is soloed, those that are not are silent. */
	isSoloed: boolean;
	/** Whether the pad is heard on the cue bus, too. */
	isCued: boolean;
	/** Gain of the equalizer's low band, below 250 Hz, in decibels, -Infinity..6. 0 at first. */
	eqLowDecibels: number;
	/** The same between 250 Hz and 4 kHz. */
	eqMidDecibels: number;
	/** The same above 4 kHz. */
	eqHighDecibels: number;
}

/** Parameters of the master, each a number or a switch. */
export interface MasterScalars {
	/** Gain of the whole output in decibels, -Infinity..24. It moves there within 10 ms while anything sounds. 0 at first. */
	gainDecibels: number;
	isLimiterOn: boolean;
	/** The level that the limiter lets nothing pass, -24..0 decibels. -1 at first. */
	limiterCeilingDecibels: number;
}

/** Parameters of the transport, each a number or a switch. */
export interface TransportScalars {
	/** Beats per minute, 20..400. 120 at first. */
	tempo: number;
	/** 1..16; 4 at first. */
	beatsPerBar: number;
	/** The quantum of pads whose own is "global", in beats. 0, none, at first. */
	quantum: number;
	/** Seconds by which a press may come after its line and still start at once, 0..1. 0.08 at first. */
	lateWindowSec: number;
	/** Whether starting a pad chokes every other. */
	isExclusive: boolean;
	isMetronomeOn: boolean;
	/** The level of the first beat of a bar, -Infinity..0; the others are 6 dB below it. -12 at first. */
	metronomeGainDecibels: number;
}

type ParameterTable<Values> = { readonly [Name in keyof Values]: Parameter<Values[Name]> };

const padParameters: ParameterTable<PadScalars> = {
	gainDecibels: decibels(numbers.PAD_GAIN, MAX_GAIN_DECIBELS),
	loop: choice(numbers.PAD_LOOP, [false, true]),
	launchMode: choice(numbers.PAD_LAUNCH_MODE, ["trigger", "gate", "toggle", "repeat"]),
	pan: between(numbers.PAD_PAN, -1, 1),
	isMuted: choice(numbers.PAD_MUTE, [false, true]),
	loopStartFrame: between(numbers.PAD_LOOP_START, 0, numbers.MAX_LOOP_FRAME),
	loopEndFrame: between(numbers.PAD_LOOP_END, 0, numbers.MAX_LOOP_FRAME),
	seamFadeSec: between(numbers.PAD_SEAM_FADE, 0, numbers.MAX_SEAM_FADE),
	speed: between(numbers.PAD_SPEED, numbers.MIN_RATE, numbers.MAX_RATE),
	semitones: between(numbers.PAD_SEMITONES, -numbers.MAX_SEMITONES, numbers.MAX_SEMITONES),
	cents: between(numbers.PAD_CENTS, -numbers.MAX_CENTS, numbers.MAX_CENTS),
	isReversed: choice(numbers.PAD_REVERSE, [false, true]),
	sync: choice(numbers.PAD_SYNC, ["off", "repitch", "slices"]),
	lengthBeats: beats(numbers.PAD_LENGTH_BEATS),
	launchQuantum: quantum(numbers.PAD_LAUNCH_QUANTUM),
	stopQuantum: quantum(numbers.PAD_STOP_QUANTUM),
	retrigger: choice(numbers.PAD_RETRIGGER, ["restart", "overlap"]),
	legato: choice(numbers.PAD_LEGATO, [false, true]),
	chokeGroup: whole(numbers.PAD_CHOKE_GROUP, 0, numbers.MAX_CHOKE_GROUP),
	isTriggerMuted: choice(numbers.PAD_TRIGGER_MUTE, [false, true]),
	isSoloed: choice(numbers.PAD_SOLO, [false, true]),
	isCued: choice(numbers.PAD_CUE, [false, true]),
	eqLowDecibels: decibels(numbers.PAD_EQ_LOW, MAX_BAND_DECIBELS),
	eqMidDecibels: decibels(numbers.PAD_EQ_MID, MAX_BAND_DECIBELS),
	eqHighDecibels: decibels(numbers.PAD_EQ_HIGH, MAX_BAND_DECIBELS),
};

const masterParameters: ParameterTable<MasterScalars> = {
	gainDecibels: decibels(numbers.MASTER_GAIN, MAX_GAIN_DECIBELS),
	isLimiterOn: choice(numbers.MASTER_LIMITER, [false, true]),
	limiterCeilingDecibels: between(numbers.MASTER_LIMITER_CEILING, numbers.MIN_CEILING, 0),
};

const transportParameters: ParameterTable<TransportScalars> = {
	tempo: between(numbers.TRANSPORT_TEMPO, numbers.MIN_TEMPO, numbers.MAX_TEMPO),
	beatsPerBar: whole(numbers.TRANSPORT_BEATS_PER_BAR, 1, numbers.MAX_BEATS_PER_BAR),
	quantum: beats(numbers.TRANSPORT_QUANTUM),
	lateWindowSec: between(numbers.TRANSPORT_LATE_WINDOW, 0, numbers.MAX_LATE_WINDOW),
	isExclusive: choice(numbers.TRANSPORT_EXCLUSIVE, [false, true]),
	isMetronomeOn: choice(numbers.TRANSPORT_METRONOME, [false, true]),
	metronomeGainDecibels: decibels(numbers.TRANSPORT_METRONOME_GAIN, 0),
};

const tables = { pad: padParameters, master: masterParameters, transport: transportParameters } as const;

/** The ranges of an owner's parameters, by name. @throws RangeError, naming the owners that there are. */
export function parameterRanges(owner: "pad" | "master" | "transport"): Readonly<Record<string, ParameterRange>> {
	checkOneOf("owner", owner, Object.keys(tables));
	return tables[owner];
}

/** A value of any parameter. */
export type ParameterValue = number | boolean | string;

/** Whose parameter it is, and what it is called. */
export type ParameterName =
	| { readonly owner: "pad"; readonly name: keyof PadScalars }
	| { readonly owner: "master"; readonly name: keyof MasterScalars }
	| { readonly owner: "transport"; readonly name: keyof TransportScalars };

export const padParameterNames = Object.keys(padParameters) as readonly (keyof PadScalars)[];
const masterParameterNames = Object.keys(masterParameters) as readonly (keyof MasterScalars)[];
const transportParameterNames = Object.keys(transportParameters) as readonly (keyof TransportScalars)[];
/** Names of what is not a pad's; no two are alike. */
export const sharedParameterNames: readonly (keyof MasterScalars | keyof TransportScalars)[] = [
	...masterParameterNames,
	...transportParameterNames,
];
const all: readonly ParameterName[] = [
	...padParameterNames.map((name) => ({ owner: "pad" as const, name })),
	...sharedParameterNames.map(sharedParameter),
];

/** Which of the two owners a name belongs to. */
export function sharedParameter(name: keyof MasterScalars | keyof TransportScalars): ParameterName {
	return name in masterParameters
		? { owner: "master", name: name as keyof MasterScalars }
		: { owner: "transport", name: name as keyof TransportScalars };
}

/** What every parameter of a pad is at first. */
export const padDefaults: Readonly<PadScalars> = Object.fromEntries(
	padParameterNames.map((name) => [name, padParameters[name].default]),
) as unknown as PadScalars;

/** An owner's table. */
export function parametersOf(owner: ParameterName["owner"]): Readonly<Record<string, Parameter<ParameterValue>>> {
	checkOneOf("owner", owner, Object.keys(tables));
	return tables[owner];
}

/** What the tables say of a parameter. */
export function parameterOf(parameter: ParameterName): Parameter<ParameterValue> {
	const found = parametersOf(parameter.owner)[parameter.name];
	if (found === undefined) throw new Error(`The ${parameter.owner} has no parameter ${parameter.name}.`);
	return found;
}

/** The parameter that the kernel knows by a number, undefined for a number that none has. */
export function parameterNumbered(number: number): ParameterName | undefined {
	return all.find((parameter) => parameterOf(parameter).number === number);
}

function decibels(number: number, most: number): Parameter<number> {
	return {
		number,
		default: numbers.parameterDefault(number),
		range: `a number of decibels from -Infinity to ${most}`,
		accepts: (value): value is number => typeof value === "number" && value <= most,
		encode: (value) => value,
		decode: (encoded) => Math.max(encoded, SILENCE_DECIBELS),
	};
}

function between(parameter: number, from: number, to: number): Parameter<number> {
	return plain(parameter, `a number from ${from} to ${to}`, (value) => value >= from && value <= to);
}

function whole(parameter: number, from: number, to: number): Parameter<number> {
	const isFit = (value: number): boolean => Number.isInteger(value) && value >= from && value <= to;
	return plain(parameter, `a whole number from ${from} to ${to}`, isFit);
}

function beats(parameter: number): Parameter<number> {
	return plain(parameter, BEATS_RANGE, isBeats);
}

function plain(parameter: number, range: string, isFit: (value: number) => boolean): Parameter<number> {
	return {
		number: parameter,
		default: numbers.parameterDefault(parameter),
		range,
		accepts: (value): value is number => typeof value === "number" && isFit(value),
		encode: (value) => value,
		decode: (encoded) => encoded,
	};
}

function quantum(number: number): Parameter<Quantum> {
	return {
		number,
		default: "global",
		range: `"global" or ${BEATS_RANGE}`,
		accepts: (value): value is Quantum => value === "global" || (typeof value === "number" && isBeats(value)),
		encode: (value) => (value === "global" ? numbers.GLOBAL_QUANTUM : value),
		decode: (encoded) => (encoded === numbers.GLOBAL_QUANTUM ? "global" : encoded),
	};
}

function isBeats(value: number): boolean {
	return value === 0 || (value >= numbers.MIN_BEATS && value <= numbers.MAX_BEATS);
}

/** @param choices - by the kernel's number */
function choice<Value extends ParameterValue>(number: number, choices: readonly [Value, ...Value[]]): Parameter<Value> {
	return {
		number,
		default: choices[numbers.parameterDefault(number)] ?? choices[0],
		range: `one of ${choices.map(show).join(", ")}`,
		accepts: (value): value is Value => choices.some((known) => known === value),
		encode: (value) => choices.indexOf(value),
		decode: (encoded) => choices[encoded] ?? choices[0],
	};
}
