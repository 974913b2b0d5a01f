import { checkKnown } from "./check-known.ts";
import type { AwaitedLoadOptions, PlayOptions, TimingOptions } from "./protocol/engine-types.ts";
import { MAX_BEATS, MAX_LOOP_FRAME, MAX_RATE, MIN_BEATS, MIN_RATE } from "./protocol/parameters.ts";
import { IMMEDIATELY, type Moment, onLine } from "./rings/moment.ts";

const MIN_FADE_SECONDS = 0.0005;
const MAX_FADE_SECONDS = 60;
/** Nearly 24 dB; more would only ever clip. */
export const MAX_VOICE_GAIN = 15.8;

const LOAD_OPTIONS: Readonly<Record<keyof AwaitedLoadOptions, true>> = {
	priority: true,
	signal: true,
	strict: true,
	transfer: true,
	trimEncoderDelay: true,
	onProgress: true,
};
const PLAY_OPTIONS: Readonly<Record<keyof PlayOptions, true>> = {
	loop: true,
	gain: true,
	pan: true,
	rate: true,
	offset: true,
	fadeIn: true,
	atFrame: true,
	atLine: true,
};

/** @throws RangeError or TypeError, naming option and value. */
export function checkLoadOptions(options: AwaitedLoadOptions): void {
	checkObject("options", options);
	checkKnown(options, LOAD_OPTIONS);
	const { priority = "normal", signal, onProgress } = options;
	checkOneOf("priority", priority, ["normal", "high"]);
	for (const name of ["strict", "transfer", "trimEncoderDelay"] as const) checkBoolean(name, options[name] ?? false);
	if (signal !== undefined && typeof signal?.addEventListener !== "function")
		throw new TypeError(mustBe("signal", "an AbortSignal", signal));
	checkFunction("onProgress", onProgress);
}

/** @throws TypeError unless it is a function, or left out. */
export function checkFunction(name: string, value: unknown): void {
	if (value !== undefined && typeof value !== "function") throw new TypeError(mustBe(name, "a function", value));
}

/** @throws TypeError unless it is a text, as ids of devices are. */
export function checkDeviceId(name: string, id: string): void {
	if (typeof id !== "string") throw new TypeError(mustBe(name, "the id of an output device", id));
}

/** @throws RangeError unless id is one of the engine's slots. */
export function checkSlot(id: number, slots: number, name: string = "id"): void {
	checkInteger(name, id, 0, slots - 1);
}

/** @throws RangeError unless velocity is within 0..1. */
export function checkVelocity(velocity: number): void {
	checkNumber("velocity", velocity, 0, 1);
}

/**
 * @param others - options that there are besides
 * @returns the moment that the options name, IMMEDIATELY where they name none.
 * @throws TypeError unless the options are an object with one moment at most, and nothing that is no option; RangeError unless the frame
 * is a whole number from 0 to 2^53 - 1, or the quantum one that there may be.
 */
export function checkMoment(options: TimingOptions | undefined, others: Readonly<Record<string, true>> = {}): Moment {
	if (options === undefined) return IMMEDIATELY;
	checkObject("options", options);
	checkKnown(options, { atFrame: true, atLine: true, ...others });
	return momentOf(options);
}

/** As `checkMoment`, of options that are known. */
export function momentOf(options: TimingOptions): Moment {
	const { atFrame, atLine } = options;
	if (atFrame !== undefined && atLine !== undefined)
		throw new TypeError("The options have both atFrame and atLine. Leave one of them out.");
	if (atLine !== undefined) {
		checkNumber("atLine", atLine, MIN_BEATS, MAX_BEATS);
		return onLine(atLine);
	}
	if (atFrame === undefined) return IMMEDIATELY;
	checkInteger("atFrame", atFrame, 0, Number.MAX_SAFE_INTEGER);
	return atFrame;
}

/** @returns the moment, as `checkMoment`. @throws RangeError or TypeError, naming option and value. */
export function checkPlayOptions(options: PlayOptions | undefined): Moment {
	if (options === undefined) return IMMEDIATELY;
	checkObject("options", options);
	checkKnown(options, PLAY_OPTIONS);
	const { loop = false, gain = 1, pan = 0, rate = 1, offset = 0, fadeIn = 0 } = options;
	checkBoolean("loop", loop);
	checkVoiceGain(gain);
	checkNumber("pan", pan, -1, 1);
	checkNumber("rate", rate, MIN_RATE, MAX_RATE);
	checkNumber("offset", offset, 0, MAX_LOOP_FRAME);
	checkNumber("fadeIn", fadeIn, 0, MAX_FADE_SECONDS);
	return momentOf(options);
}

/** @throws RangeError unless it is a factor that a voice may have. */
export function checkVoiceGain(gain: number): void {
	checkNumber("gain", gain, 0, MAX_VOICE_GAIN);
}

/** @throws RangeError unless it is a fade that a voice may have. */
export function checkFade(seconds: number): void {
	checkNumber("fade", seconds, MIN_FADE_SECONDS, MAX_FADE_SECONDS);
}

/** @throws RangeError unless frames can be rendered at once. */
export function checkFrames(frames: number): void {
	checkInteger("frames", frames, 0, 2 ** 31 - 1);
}

/** @returns how many channels are rendered. @throws TypeError, naming option and value. */
export function checkRenderOptions(options: { readonly cue?: boolean }): number {
	checkObject("options", options);
	checkKnown(options, { cue: true });
	const { cue = false } = options;
	checkBoolean("cue", cue);
	return cue ? 4 : 2;
}

/** @throws RangeError, naming argument, range and value. */
export function checkInteger(name: string, value: number, from: number, to: number): void {
	if (Number.isInteger(value) && value >= from && value <= to) return;
	throw new RangeError(mustBe(name, `a whole number from ${from} to ${to}`, value));
}

/** @throws RangeError, naming argument, range and value. */
export function checkNumber(name: string, value: number, from: number, to: number): void {
	if (typeof value === "number" && value >= from && value <= to) return;
	throw new RangeError(mustBe(name, `a number from ${from} to ${to}`, value));
}

/** @throws TypeError, naming argument and value. */
export function checkBoolean(name: string, value: boolean): void {
	if (typeof value !== "boolean") throw new TypeError(mustBe(name, "true or false", value));
}

/** @throws TypeError, naming argument and value. */
export function checkObject(name: string, value: unknown): asserts value is object {
	const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
	if (!isObject) throw new TypeError(mustBe(name, "an object", value));
}

/** @throws RangeError, naming argument, choices and value. */
export function checkOneOf(name: string, value: string, choices: readonly string[]): void {
	if (choices.includes(value)) return;
	throw new RangeError(mustBe(name, `one of ${choices.map(show).join(", ")}`, value));
}

/** The message of the error for a wrong argument. */
export function mustBe(name: string, expected: string, value: unknown): string {
	return `The value of ${name} must be ${expected}, not ${show(value)}.`;
}

/** A value as an error message names it. Runs no code of the value's own, which might throw. */
export function show(value: unknown): string {
	if (typeof value === "string") return `"${value}"`;
	if (typeof value === "bigint") return `${value}n`;
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (typeof value === "function") return "a function";
	return typeof value === "object" && value !== null ? "an object" : String(value);
}
