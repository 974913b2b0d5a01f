import type { AudioEngineOptions, AwaitedLoadOptions, CacheOptions } from "./protocol/engine-types.ts";
import { MAX_BLOCK_FRAMES, MAX_FADE_FRAMES, MAX_SLOTS, MAX_VOICES } from "./protocol/shared-memory.ts";
import { IMMEDIATELY } from "./rings/control-ring.ts";

const MAX_MEMORY_BUDGET = 3 * 2 ** 30;
const DEFAULT_CACHE_BYTES = 2 * 2 ** 30;
const MAX_LOADER_THREADS = 16;
const MIN_SAMPLE_RATE = 8_000;
const MAX_SAMPLE_RATE = 192_000;
/** Frames per second of an offline output without a given rate. */
export const DEFAULT_OFFLINE_SAMPLE_RATE = 48_000;
const DEFAULT_FADE_SECONDS = 0.005;
const MIN_FADE_SECONDS = 0.0005;
/** As many frames as the fade tail holds, at the lowest rate. */
const MAX_FADE_SECONDS = MAX_FADE_FRAMES / MIN_SAMPLE_RATE;
/** More would only ever clip. */
const MAX_GAIN_DECIBELS = 24;

/** Engine options with every default filled in that does not depend on the platform. */
export interface CheckedOptions {
	readonly sampleSlots: number;
	readonly voices: number;
	readonly voiceOverflow: "replace-oldest" | "drop-newest";
	readonly loaderThreads: number;
	readonly memoryBudget: number;
	readonly output: "device" | "offline";
	readonly threading: "auto" | "shared" | "messages";
	readonly audioContext: unknown;
	readonly sampleRate: number | undefined;
	readonly blockFrames: number;
	readonly fadeSeconds: number;
	readonly latencyHint: "interactive" | "balanced" | "playback" | number;
	readonly cache: { readonly directory: string | undefined; readonly maxBytes: number } | null;
}

/** @throws RangeError or TypeError, naming option, value and range. */
export function checkOptions(options: AudioEngineOptions, defaultLoaderThreads: number): CheckedOptions {
	if (typeof options !== "object" || options === null)
		throw new TypeError(`options must be an object, not ${show(options)}`);
	const checked = {
		sampleSlots: options.sampleSlots ?? 32,
		voices: options.voices ?? 32,
		voiceOverflow: options.voiceOverflow ?? "replace-oldest",
		loaderThreads: options.loaderThreads ?? defaultLoaderThreads,
		memoryBudget: options.memoryBudget ?? 2 ** 30,
		output: options.output ?? "device",
		threading: options.threading ?? "auto",
		audioContext: options.audioContext,
		sampleRate: options.sampleRate,
		blockFrames: options.blockFrames ?? 128,
		fadeSeconds: options.fadeSeconds ?? DEFAULT_FADE_SECONDS,
		latencyHint: options.latencyHint ?? "interactive",
		cache: checkCache(options.cache ?? false),
	};
	checkInteger("sampleSlots", checked.sampleSlots, 1, MAX_SLOTS);
	checkInteger("voices", checked.voices, 1, MAX_VOICES);
	checkOneOf("voiceOverflow", checked.voiceOverflow, ["replace-oldest", "drop-newest"]);
	checkInteger("loaderThreads", checked.loaderThreads, 1, MAX_LOADER_THREADS);
	checkInteger("memoryBudget", checked.memoryBudget, 1, MAX_MEMORY_BUDGET);
	checkOneOf("output", checked.output, ["device", "offline"]);
	checkOneOf("threading", checked.threading, ["auto", "shared", "messages"]);
	checkInteger("blockFrames", checked.blockFrames, 1, MAX_BLOCK_FRAMES);
	checkNumber("fadeSeconds", checked.fadeSeconds, MIN_FADE_SECONDS, MAX_FADE_SECONDS);
	if (checked.sampleRate !== undefined)
		checkInteger("sampleRate", checked.sampleRate, MIN_SAMPLE_RATE, MAX_SAMPLE_RATE);
	// A device tells its rate only in `run`, which checks again.
	const knownRate =
		checked.sampleRate ?? (checked.output === "offline" ? DEFAULT_OFFLINE_SAMPLE_RATE : MIN_SAMPLE_RATE);
	fadeFramesAt(knownRate, checked.fadeSeconds);
	if (typeof checked.latencyHint === "number") checkNumber("latencyHint", checked.latencyHint, 0, 10);
	else checkOneOf("latencyHint", checked.latencyHint, ["interactive", "balanced", "playback"]);
	return checked;
}

function checkCache(cache: boolean | CacheOptions): CheckedOptions["cache"] {
	if (cache === false) return null;
	if (cache !== true && (typeof cache !== "object" || cache === null))
		throw new TypeError(`cache must be true, false or an object, not ${show(cache)}`);
	const { directory, maxBytes = DEFAULT_CACHE_BYTES } = cache === true ? {} : cache;
	checkInteger("cache.maxBytes", maxBytes, 1, Number.MAX_SAFE_INTEGER);
	if (directory !== undefined && (typeof directory !== "string" || directory === ""))
		throw new TypeError(`cache.directory must be a path, not ${show(directory)}`);
	return { directory, maxBytes };
}

/** @throws RangeError or TypeError, naming option and value. */
export function checkLoadOptions(options: AwaitedLoadOptions): void {
	if (typeof options !== "object" || options === null)
		throw new TypeError(`options must be an object, not ${show(options)}`);
	const { priority = "normal", signal, onProgress } = options;
	checkOneOf("priority", priority, ["normal", "high"]);
	for (const name of ["strict", "transfer", "trimEncoderDelay"] as const) {
		const value = options[name] ?? false;
		if (typeof value !== "boolean") throw new TypeError(`${name} must be true or false, not ${show(value)}`);
	}
	if (signal !== undefined && typeof signal?.addEventListener !== "function")
		throw new TypeError(`signal must be an AbortSignal, not ${show(signal)}`);
	if (onProgress !== undefined && typeof onProgress !== "function")
		throw new TypeError(`onProgress must be a function, not ${show(onProgress)}`);
}

/** @throws RangeError unless id is one of the engine's slots. */
export function checkSlot(id: number, slots: number): void {
	if (!(Number.isInteger(id) && id >= 0 && id < slots)) {
		throw new RangeError(`id must be a whole number from 0 to ${slots - 1}, not ${show(id)}`);
	}
}

/** @throws RangeError unless velocity is within 0..1. */
export function checkVelocity(velocity: number): void {
	if (!(typeof velocity === "number" && velocity >= 0 && velocity <= 1)) {
		throw new RangeError(`velocity must be a number from 0 to 1, not ${show(velocity)}`);
	}
}

/** @returns the frame, or IMMEDIATELY where there is none. @throws RangeError unless it is a whole number from 0 to 2^53 - 1. */
export function checkAtFrame(atFrame: number | undefined): number {
	if (atFrame === undefined) return IMMEDIATELY;
	checkInteger("atFrame", atFrame, 0, Number.MAX_SAFE_INTEGER);
	return atFrame;
}

/** @returns frames of a fade at a rate. @throws RangeError when the audio thread has no room for as many. */
export function fadeFramesAt(sampleRate: number, fadeSeconds: number): number {
	const frames = Math.max(1, Math.round(fadeSeconds * sampleRate));
	if (frames <= MAX_FADE_FRAMES) return frames;
	throw new RangeError(
		`fadeSeconds ${show(fadeSeconds)} is ${frames} frames at ${sampleRate} Hz, but the audio thread keeps room for ` +
			`${MAX_FADE_FRAMES}; at this rate it can be at most ${Math.floor((1000 * MAX_FADE_FRAMES) / sampleRate) / 1000}`,
	);
}

/** @returns the option that gives a fade of so many frames at a rate; the nearest one when none does. */
export function fadeSecondsFrom(fadeFrames: number, sampleRate: number): number {
	return Math.min(Math.max(fadeFrames / sampleRate, MIN_FADE_SECONDS), MAX_FADE_SECONDS);
}

/** @throws RangeError unless it is a number of decibels up to 24; -Infinity is silence. */
export function checkGain(decibels: number): void {
	checkNumber("masterGainDecibels", decibels, Number.NEGATIVE_INFINITY, MAX_GAIN_DECIBELS);
}

/** @throws RangeError unless frames can be rendered at once. */
export function checkFrames(frames: number): void {
	checkInteger("frames", frames, 0, 2 ** 31 - 1);
}

function checkInteger(name: string, value: number, from: number, to: number): void {
	if (Number.isInteger(value) && value >= from && value <= to) return;
	throw new RangeError(`${name} must be a whole number from ${from} to ${to}, not ${show(value)}`);
}

function checkNumber(name: string, value: number, from: number, to: number): void {
	if (typeof value === "number" && value >= from && value <= to) return;
	throw new RangeError(`${name} must be a number from ${from} to ${to}, not ${show(value)}`);
}

function checkOneOf(name: string, value: string, choices: readonly string[]): void {
	if (choices.includes(value)) return;
	throw new RangeError(
		`${name} must be one of ${choices.map((choice) => `"${choice}"`).join(", ")}, not ${show(value)}`,
	);
}

/** A value as an error message names it. */
export function show(value: unknown): string {
	return typeof value === "string" ? `"${value}"` : String(value);
}
