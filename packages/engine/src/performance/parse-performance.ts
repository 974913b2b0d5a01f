import { fadeSecondsFrom } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import { MAX_FADE_FRAMES, MAX_SLOTS, MAX_VOICES } from "../protocol/shared-memory.ts";
import { MAX_SOURCE_BYTES } from "../source/read-stream.ts";
import {
	MAX_NAME_LENGTH,
	MAX_PERFORMANCE_COMMANDS,
	MAX_PERFORMANCE_SAMPLES,
	PERFORMANCE_FORMAT,
	PERFORMANCE_VERSION,
	type Performance,
	type PerformanceCommand,
	type PerformanceEngine,
	type PerformanceSample,
	type PerformanceSlot,
	type PerformanceStart,
} from "./performance.ts";
import { PerformanceField } from "./performance-field.ts";

const MIN_SAMPLE_RATE = 3_000;
const MAX_SAMPLE_RATE = 768_000;
/** Longer files are refused before they are taken apart. */
const MAX_TEXT_LENGTH = 2 ** 28;
/** Frames that a sample can have: its region lies within 4 GiB. */
const MAX_SAMPLE_FRAMES = 2 ** 30;
const CONTENT_HASH_DIGITS = 64;
const CHECKSUM_DIGITS = 16;
const MIN_DECIBELS = -1e9;
const MAX_DECIBELS = 24;

/**
 * Reads a performance file and checks every field of it. Fields that this version does not know are left out.
 *
 * Thread: any.
 * @throws LooperError `malformed-performance`, naming the field.
 */
export function parsePerformance(text: string): Performance {
	const performance = new PerformanceField("", parseJson(text));
	performance.field("format").oneOf([PERFORMANCE_FORMAT]);
	checkVersion(performance.field("version").integer(1, Number.MAX_SAFE_INTEGER));
	const preRollFrames = performance.field("preRollFrames").integer(0, Number.MAX_SAFE_INTEGER);
	const frames = performance.field("frames").integer(0, Number.MAX_SAFE_INTEGER - preRollFrames);
	const engine = parseEngine(performance.field("engine"));
	const samples = performance.field("samples").list(MAX_PERFORMANCE_SAMPLES, parseSample);
	const start = parseStart(performance.field("start"), engine, samples);
	let earliest = 0;
	const commands = performance.field("commands").list(MAX_PERFORMANCE_COMMANDS, (field): PerformanceCommand => {
		earliest = field.field("frame").integer(earliest, preRollFrames + frames - 1);
		return parseCommand(field, { frame: earliest, engine, samples });
	});
	const head = { format: PERFORMANCE_FORMAT, version: PERFORMANCE_VERSION, preRollFrames, frames } as const;
	return { ...head, engine, samples, start, commands };
}

function parseJson(text: string): unknown {
	if (text.length > MAX_TEXT_LENGTH) throw malformed(`it is longer than ${MAX_TEXT_LENGTH} characters`);
	try {
		return JSON.parse(text);
	} catch (error) {
		throw malformed(error instanceof Error ? error.message : String(error), error);
	}
}

function malformed(reason: string, cause?: unknown): LooperError {
	const message = `the file is no performance: ${reason}; choose a file that performance.stop() gave`;
	return new LooperError("malformed-performance", message, { cause });
}

function checkVersion(version: number): void {
	if (version === PERFORMANCE_VERSION) return;
	throw new LooperError(
		"malformed-performance",
		`the performance has version ${version}, but this program reads version ${PERFORMANCE_VERSION}; use a newer one`,
	);
}

function parseEngine(field: PerformanceField): PerformanceEngine {
	const sampleRate = field.field("sampleRate").integer(MIN_SAMPLE_RATE, MAX_SAMPLE_RATE);
	const fadeFrames = field.field("fadeFrames").integer(1, MAX_FADE_FRAMES);
	if (Math.round(fadeSecondsFrom(fadeFrames, sampleRate) * sampleRate) !== fadeFrames)
		field.field("fadeFrames").refuse("a fade that an engine can have, 0.0005 s or more");
	return {
		sampleRate,
		sampleSlots: field.field("sampleSlots").integer(1, MAX_SLOTS),
		voices: field.field("voices").integer(1, MAX_VOICES),
		voiceOverflow: field.field("voiceOverflow").oneOf(["replace-oldest", "drop-newest"]),
		fadeFrames,
	};
}

function parseSample(field: PerformanceField): PerformanceSample {
	return {
		name: field.field("name").text(MAX_NAME_LENGTH),
		contentHash: digits(field.field("contentHash"), CONTENT_HASH_DIGITS),
		fileBytes: field.field("fileBytes").integer(1, MAX_SOURCE_BYTES),
		trimEncoderDelay: field.field("trimEncoderDelay").boolean(),
		format: field.field("format").text(MAX_NAME_LENGTH),
		frames: field.field("frames").integer(1, MAX_SAMPLE_FRAMES),
		channels: field.field("channels").oneOf([1, 2] as const),
		pcmChecksum: digits(field.field("pcmChecksum"), CHECKSUM_DIGITS),
	};
}

function digits(field: PerformanceField, wanted: number): string {
	return field.digits((count) => count === wanted, `${wanted} hexadecimal digits in lower case`);
}

function parseStart(
	field: PerformanceField,
	engine: PerformanceEngine,
	samples: readonly PerformanceSample[],
): PerformanceStart {
	const slots = field.field("slots").list(
		engine.sampleSlots,
		(slot): PerformanceSlot => ({
			slot: slot.field("slot").integer(0, engine.sampleSlots - 1),
			sample: slot.field("sample").integer(0, samples.length - 1),
		}),
	);
	const filled = new Set(slots.map(({ slot }) => slot));
	if (filled.size < slots.length) field.field("slots").refuse("a list that names each slot once");
	return { slots, gainDecibels: field.field("gainDecibels").number(MIN_DECIBELS, MAX_DECIBELS) };
}

function parseCommand(
	field: PerformanceField,
	context: { frame: number; engine: PerformanceEngine; samples: readonly PerformanceSample[] },
): PerformanceCommand {
	const { frame, engine, samples } = context;
	const slot = (): number => field.field("slot").integer(0, engine.sampleSlots - 1);
	const type = field.field("type").oneOf(["play", "stop", "stopAll", "load", "unload", "gain"] as const);
	switch (type) {
		case "play": {
			const velocity = field.field("velocity").number(0, 1);
			return { frame, type, slot: slot(), velocity, loop: field.field("loop").boolean() };
		}
		case "load":
			return { frame, type, slot: slot(), sample: field.field("sample").integer(0, samples.length - 1) };
		case "stop":
		case "unload":
			return { frame, type, slot: slot() };
		case "gain":
			return { frame, type, decibels: field.field("decibels").number(MIN_DECIBELS, MAX_DECIBELS) };
		case "stopAll":
			return { frame, type };
	}
}
