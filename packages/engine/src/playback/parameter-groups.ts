import { checkNumber, checkObject, show } from "../check-arguments.ts";
import { MAX_LOOP_FRAME } from "../protocol/parameters.ts";
import type { MasterScalars, PadScalars, ParameterValue, TransportScalars } from "./parameter-table.ts";

/** The three bands of a pad's equalizer, in decibels, -Infinity..6. */
export interface EqualizerBands {
	/** Below 250 Hz. */
	readonly lowDecibels: number;
	readonly midDecibels: number;
	/** Above 4 kHz. */
	readonly highDecibels: number;
}

/** A part of a sample, in frames of the source file; half-open. */
export interface LoopRegion {
	/** 0..2^32 */
	readonly startFrame: number;
	/** More than `startFrame`, up to 2^32; one behind the sample's end is the sample's end. */
	readonly endFrame: number;
}

/** Whether nothing passes a level, and which. */
export interface Limiter {
	readonly isOn: boolean;
	/** -24..0 */
	readonly ceilingDecibels: number;
}

/** A click on every beat, higher and 6 dB louder on the first of a bar. */
export interface Metronome {
	readonly isOn: boolean;
	/** The level of the first beat of a bar, -Infinity..0; the others are 6 dB below it. */
	readonly gainDecibels: number;
}

/** Parameters of a pad. */
export interface PadParameters extends PadScalars {
	/** The equalizer; it is bypassed while every band is at 0 dB. */
	eq: EqualizerBands;
	/**
	 * What the pad plays; null = the whole sample. It is clamped to the sample when that is there. A region of another length changes
	 * `lengthBeats` in proportion, unless the same call sets that.
	 */
	loopRegion: LoopRegion | null;
}

/** Parameters of the master. */
export interface MasterParameters extends MasterScalars {
	/** Off at first, at -1 dB. It looks 72 frames ahead while it is on. */
	limiter: Limiter;
}

/** Parameters of the transport. */
export interface TransportParameters extends TransportScalars {
	metronome: Metronome;
}

type Scalars = Readonly<Record<string, ParameterValue>>;

/** Several parameters that are set and read as one value. */
export interface ParameterGroup {
	/** What its value means for the parameters. @throws TypeError or RangeError for what is no value of it. */
	expand(value: unknown): Scalars;
	collect(read: (name: string) => ParameterValue): unknown;
}

/** An object whose fields are parameters, by the name of each field. Fields that are left out keep their value. */
function fields(name: string, parameters: Readonly<Record<string, string>>): ParameterGroup {
	return {
		expand(value) {
			checkObject(name, value);
			return Object.fromEntries(
				Object.entries(value)
					.filter(([, entry]) => entry !== undefined)
					.map(([field, entry]): [string, ParameterValue] => {
						const parameter = Object.hasOwn(parameters, field) ? parameters[field] : undefined;
						if (parameter !== undefined) return [parameter, entry];
						const known = Object.keys(parameters).join(", ");
						throw new TypeError(`There is no field ${show(field)} in ${name}. Use one of ${known}.`);
					}),
			);
		},
		collect: (read) =>
			Object.freeze(
				Object.fromEntries(Object.entries(parameters).map(([field, parameter]) => [field, read(parameter)])),
			),
	};
}

const loopRegion: ParameterGroup = {
	expand(value) {
		if (value === null) return { loopStartFrame: 0, loopEndFrame: 0 };
		checkObject("loopRegion", value);
		const { startFrame, endFrame } = value as LoopRegion;
		checkNumber("loopRegion.startFrame", startFrame, 0, MAX_LOOP_FRAME);
		checkNumber("loopRegion.endFrame", endFrame, 0, MAX_LOOP_FRAME);
		if (startFrame < endFrame) return { loopStartFrame: startFrame, loopEndFrame: endFrame };
		const frames = `starts at frame ${startFrame} and ends at ${endFrame}`;
		throw new RangeError(`The loopRegion ${frames}. Pass an end behind the start, or null for the whole sample.`);
	},
	collect(read) {
		const [startFrame, endPoint] = [Number(read("loopStartFrame")), Number(read("loopEndFrame"))];
		if (startFrame === 0 && endPoint === 0) return null;
		// An end of 0 is the sample's; as a region's it lies behind every sample's.
		const endFrame = endPoint === 0 ? MAX_LOOP_FRAME : endPoint;
		// The kernel plays the whole sample then.
		return startFrame < endFrame ? Object.freeze({ startFrame, endFrame }) : null;
	},
};

/** The groups of each owner. */
export const parameterGroups: Readonly<
	Record<"pad" | "master" | "transport", Readonly<Record<string, ParameterGroup>>>
> = {
	pad: {
		eq: fields("eq", { lowDecibels: "eqLowDecibels", midDecibels: "eqMidDecibels", highDecibels: "eqHighDecibels" }),
		loopRegion,
	},
	master: { limiter: fields("limiter", { isOn: "isLimiterOn", ceilingDecibels: "limiterCeilingDecibels" }) },
	transport: { metronome: fields("metronome", { isOn: "isMetronomeOn", gainDecibels: "metronomeGainDecibels" }) },
};
