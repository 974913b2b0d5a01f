import {
	checkBoolean,
	checkDeviceId,
	checkFunction,
	checkInteger,
	checkNumber,
	checkObject,
	checkOneOf,
	mustBe,
} from "./check-arguments.ts";
import { checkKnown } from "./check-known.ts";
import type { TempoRange } from "./protocol/analysis-messages.ts";
import { type DecoderName, decoderNames } from "./protocol/decoder-names.ts";
import type { AudioEngineOptions, CacheOptions, EngineAssets } from "./protocol/engine-types.ts";
import type { SampleAnalyzer } from "./protocol/sample-analyzer.ts";
import { MAX_BLOCK_FRAMES, MAX_FADE_FRAMES, MAX_SLOTS, MAX_VOICES } from "./protocol/shared-memory.ts";

const MAX_MEMORY_BUDGET = 3 * 2 ** 30;
const DEFAULT_CACHE_BYTES = 2 * 2 ** 30;
const MAX_LOADER_THREADS = 16;
/** By default. */
const MOST_LOADER_THREADS = 6;
const MIN_SAMPLE_RATE = 8_000;
const MAX_SAMPLE_RATE = 192_000;
const SLOWEST_TEMPO = 40;
const FASTEST_TEMPO = 240;
/** An octave, but for the last whole number. */
const SMALLEST_TEMPO_RATIO = 1.96;
const DEFAULT_TEMPO_RANGE: TempoRange = { from: 88, to: 175 };
/** Frames per second of an offline output without a given rate. */
export const DEFAULT_OFFLINE_SAMPLE_RATE = 48_000;
const DEFAULT_FADE_SECONDS = 0.005;
const MIN_FADE_SECONDS = 0.0005;
const MAX_SKIP_BACK_SECONDS = 600;
/** As many frames as the fade tail holds, at the lowest rate. */
const MAX_FADE_SECONDS = MAX_FADE_FRAMES / MIN_SAMPLE_RATE;

const ENGINE_OPTIONS: Readonly<Record<keyof AudioEngineOptions, true>> = {
	sampleSlots: true,
	voices: true,
	voiceOverflow: true,
	loaderThreads: true,
	memoryBudget: true,
	output: true,
	threading: true,
	audioContext: true,
	cueOutput: true,
	outputDevice: true,
	sampleRate: true,
	blockFrames: true,
	fadeSeconds: true,
	skipBackSeconds: true,
	latencyHint: true,
	cache: true,
	assets: true,
	preloadDecoders: true,
	analysis: true,
	tempoRange: true,
	analyzer: true,
	startLoaderThreads: true,
};
const ASSETS: Readonly<Record<keyof EngineAssets, true>> = {
	kernel: true,
	kernelUnshared: true,
	loaderKernel: true,
	loaderThread: true,
	recordingThread: true,
	analysisThread: true,
	worklet: true,
	losslessFormats: true,
	compressedFormats: true,
	decoders: true,
	base: true,
};
const DECODERS: Readonly<Record<DecoderName, true>> = { mp3: true, vorbis: true, opus: true };

/** Engine options with every default filled in that does not depend on the platform. */
export interface CheckedOptions {
	readonly sampleSlots: number;
	readonly voices: number;
	readonly voiceOverflow: "replace-oldest" | "drop-newest";
	readonly loaderThreads: number;
	readonly startLoaderThreads: boolean;
	readonly memoryBudget: number;
	readonly output: "device" | "offline";
	readonly threading: "auto" | "shared" | "messages";
	readonly audioContext: unknown;
	readonly cueOutput: boolean;
	readonly outputDevice: string;
	readonly sampleRate: number | undefined;
	readonly blockFrames: number;
	readonly fadeSeconds: number;
	readonly skipBackSeconds: number;
	readonly latencyHint: "interactive" | "balanced" | "playback" | number;
	readonly preloadDecoders: readonly DecoderName[];
	readonly analysis: "always" | "onDemand";
	readonly tempoRange: TempoRange;
	readonly analyzer: SampleAnalyzer | undefined;
	readonly cache: { readonly directory: string | undefined; readonly maxBytes: number } | null;
}

/** One core is left to the sound, where there is one to leave; without sound, two threads keep a slow source from stopping all loads. */
function defaultLoaderThreads(output: AudioEngineOptions["output"], processorCores: number): number {
	const fewest = output === "offline" ? 2 : 1;
	return Math.min(Math.max(processorCores - 1, fewest), MOST_LOADER_THREADS);
}

/** @throws RangeError or TypeError, naming option, value and range. */
export function checkOptions(options: AudioEngineOptions, processorCores: number): CheckedOptions {
	checkObject("options", options);
	checkKnown(options, ENGINE_OPTIONS);
	if (options.assets !== undefined) {
		checkObject("assets", options.assets);
		checkKnown(options.assets, ASSETS, "assets.");
		checkKnown(options.assets.decoders ?? {}, DECODERS, "assets.decoders.");
	}
	const checked = {
		sampleSlots: options.sampleSlots ?? 32,
		voices: options.voices ?? 32,
		voiceOverflow: options.voiceOverflow ?? "replace-oldest",
		loaderThreads: options.loaderThreads ?? defaultLoaderThreads(options.output, processorCores),
		startLoaderThreads: options.startLoaderThreads ?? false,
		memoryBudget: options.memoryBudget ?? 2 ** 30,
		output: options.output ?? "device",
		threading: options.threading ?? "auto",
		audioContext: options.audioContext,
		cueOutput: options.cueOutput ?? false,
		outputDevice: options.outputDevice ?? "",
		sampleRate: options.sampleRate,
		blockFrames: options.blockFrames ?? 128,
		fadeSeconds: options.fadeSeconds ?? DEFAULT_FADE_SECONDS,
		skipBackSeconds: options.skipBackSeconds ?? 0,
		latencyHint: options.latencyHint ?? "interactive",
		preloadDecoders: checkDecoders(options.preloadDecoders ?? []),
		analysis: options.analysis ?? "onDemand",
		tempoRange: checkTempoRange(options.tempoRange === undefined ? DEFAULT_TEMPO_RANGE : options.tempoRange),
		analyzer: options.analyzer,
		cache: checkCache(options.cache ?? false),
	};
	checkInteger("sampleSlots", checked.sampleSlots, 1, MAX_SLOTS);
	checkInteger("voices", checked.voices, 1, MAX_VOICES);
	checkOneOf("voiceOverflow", checked.voiceOverflow, ["replace-oldest", "drop-newest"]);
	checkInteger("loaderThreads", checked.loaderThreads, 1, MAX_LOADER_THREADS);
	checkBoolean("startLoaderThreads", checked.startLoaderThreads);
	checkInteger("memoryBudget", checked.memoryBudget, 1, MAX_MEMORY_BUDGET);
	checkFunction("analyzer", checked.analyzer);
	checkOneOf("analysis", checked.analysis, ["always", "onDemand"]);
	checkOneOf("output", checked.output, ["device", "offline"]);
	checkOneOf("threading", checked.threading, ["auto", "shared", "messages"]);
	checkBoolean("cueOutput", checked.cueOutput);
	checkDeviceId("outputDevice", checked.outputDevice);
	checkInteger("blockFrames", checked.blockFrames, 1, MAX_BLOCK_FRAMES);
	checkNumber("fadeSeconds", checked.fadeSeconds, MIN_FADE_SECONDS, MAX_FADE_SECONDS);
	checkNumber("skipBackSeconds", checked.skipBackSeconds, 0, MAX_SKIP_BACK_SECONDS);
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

function checkDecoders(names: unknown): readonly DecoderName[] {
	if (!Array.isArray(names)) throw new TypeError(mustBe("preloadDecoders", "an array", names));
	return names.map((name: unknown, index) => {
		const known = decoderNames.find((decoder) => decoder === name);
		if (known !== undefined) return known;
		throw new TypeError(mustBe(`preloadDecoders[${index}]`, '"mp3", "vorbis" or "opus"', name));
	});
}

/** A range of less than an octave leaves out tempos whatever they are doubled or halved to. */
function checkTempoRange(range: TempoRange): TempoRange {
	checkObject("tempoRange", range);
	checkKnown(range, { from: true, to: true }, "tempoRange.");
	const { from, to } = range;
	checkNumber("tempoRange.from", from, SLOWEST_TEMPO, FASTEST_TEMPO);
	checkNumber("tempoRange.to", to, SLOWEST_TEMPO, FASTEST_TEMPO);
	if (to >= from * SMALLEST_TEMPO_RATIO) return { from, to };
	throw new RangeError(`tempoRange is ${from} to ${to}, less than an octave. Set to to twice from.`);
}

function checkCache(cache: boolean | CacheOptions): CheckedOptions["cache"] {
	if (cache === false) return null;
	if (cache !== true && (typeof cache !== "object" || cache === null))
		throw new TypeError(mustBe("cache", "true, false or an object", cache));
	if (cache !== true) checkKnown(cache, { directory: true, maxBytes: true }, "cache.");
	const { directory, maxBytes = DEFAULT_CACHE_BYTES } = cache === true ? {} : cache;
	checkInteger("cache.maxBytes", maxBytes, 1, Number.MAX_SAFE_INTEGER);
	if (directory !== undefined && (typeof directory !== "string" || directory === ""))
		throw new TypeError(mustBe("cache.directory", "a path", directory));
	return { directory, maxBytes };
}

/** @returns frames of a fade at a rate. @throws RangeError when the audio thread has no room for as many. */
export function fadeFramesAt(sampleRate: number, fadeSeconds: number): number {
	const frames = Math.max(1, Math.round(fadeSeconds * sampleRate));
	if (frames <= MAX_FADE_FRAMES) return frames;
	throw new RangeError(
		`A fade of ${fadeSeconds} s is ${frames} frames at ${sampleRate} Hz, but the audio thread has room for ${MAX_FADE_FRAMES}. ` +
			`Set fadeSeconds to at most ${Math.floor((1000 * MAX_FADE_FRAMES) / sampleRate) / 1000}.`,
	);
}

/** @returns the option that gives a fade of so many frames at a rate; the nearest one when none does. */
export function fadeSecondsFrom(fadeFrames: number, sampleRate: number): number {
	return Math.min(Math.max(fadeFrames / sampleRate, MIN_FADE_SECONDS), MAX_FADE_SECONDS);
}
