import { MAX_VOICE_GAIN, mustBe } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import { fadeSecondsFrom } from "../options.ts";
import {
	type Parameter,
	type ParameterValue,
	padParameterNames,
	parameterOf,
	sharedParameter,
	sharedParameterNames,
} from "../playback/parameter-table.ts";
import { MAX_BEAT, MAX_BEATS, MAX_LOOP_FRAME, MAX_RATE, MIN_BEATS, MIN_RATE } from "../protocol/parameters.ts";
import { MAX_FADE_FRAMES, MAX_SLOTS, MAX_VOICES } from "../protocol/shared-memory.ts";
import { MAX_SOURCE_BYTES } from "../source/read-stream.ts";
import { parseSlices } from "./parse-slices.ts";
import {
	MAX_NAME_LENGTH,
	MAX_PERFORMANCE_COMMANDS,
	MAX_PERFORMANCE_SAMPLES,
	PERFORMANCE_FORMAT,
	PERFORMANCE_VERSION,
	type Performance,
	type PerformanceCommand,
	type PerformanceEngine,
	type PerformanceParameter,
	type PerformanceSample,
	type PerformanceSlices,
	type PerformanceSlot,
	type PerformanceStart,
	type PerformanceTransport,
	type PerformanceVoice,
} from "./performance.ts";
import { PerformanceField } from "./performance-field.ts";

const commandTypes = [
	"play",
	"stop",
	"stopAll",
	"load",
	"unload",
	"press",
	"release",
	"stopPad",
	"cancelQueued",
	"pause",
	"resume",
	"seek",
	"roll",
	"endRoll",
	"transportStart",
	"transportStop",
	"transportMove",
	"transportNudge",
	"set",
	"stopVoice",
	"voiceGain",
	"slices",
] as const satisfies PerformanceCommand["type"][];
/** Frames of the longest fade of one voice. */
const MAX_FADE = 2 ** 24;
const MIN_SAMPLE_RATE = 3_000;
const MAX_SAMPLE_RATE = 768_000;
/** Longer files are refused before they are taken apart. */
const MAX_TEXT_LENGTH = 2 ** 28;
/** Frames that a sample can have: its region lies within 4 GiB. */
const MAX_SAMPLE_FRAMES = 2 ** 30;
const CONTENT_HASH_DIGITS = 64;
const CHECKSUM_DIGITS = 16;

/**
 * Reads a performance file and checks every field of it. Fields that this version does not know are left out.
 *
 * Thread: any.
 * @throws LooperError `malformed-performance`, naming the field.
 */
export function parsePerformance(text: string): Performance {
	if (typeof text !== "string") throw new TypeError(mustBe("text", "a string", text));
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
	const message = `The file is not a performance: ${reason}. Choose a file that formatPerformance() wrote.`;
	return new LooperError("malformed-performance", message, { cause });
}

function checkVersion(version: number): void {
	if (version === PERFORMANCE_VERSION) return;
	throw new LooperError(
		"malformed-performance",
		`The performance has version ${version}, but this program reads version ${PERFORMANCE_VERSION}. Use a newer program.`,
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
	const most = engine.sampleSlots * padParameterNames.length + sharedParameterNames.length;
	const parameters = field.field("parameters").list(most, (parameter) => parseParameter(parameter, engine));
	const named = new Set(parameters.map((set) => `${"slot" in set ? set.slot : ""} ${set.parameter}`));
	if (named.size < parameters.length) field.field("parameters").refuse("a list that names each parameter once");
	const slices = field.field("slices");
	return {
		slots,
		parameters,
		...(slices.isPresent && { slices: slices.list(engine.sampleSlots, (pad) => parsePadSlices(pad, engine)) }),
		transport: parseTransport(field.field("transport")),
	};
}

function parsePadSlices(field: PerformanceField, engine: PerformanceEngine): PerformanceSlices {
	const slot = field.field("slot").integer(0, engine.sampleSlots - 1);
	return { slot, slices: parseSlices(field.field("slices")) };
}

function parseTransport(field: PerformanceField): PerformanceTransport {
	const isRunning = field.field("isRunning").boolean();
	const most = isRunning ? Number.MAX_SAFE_INTEGER : 0;
	return {
		isRunning,
		startBeat: field.field("startBeat").number(0, MAX_BEAT),
		anchorBeat: field.field("anchorBeat").number(0, most),
		anchorFrame: field.field("anchorFrame").integer(-most, 0),
	};
}

function parseCommand(
	field: PerformanceField,
	context: { frame: number; engine: PerformanceEngine; samples: readonly PerformanceSample[] },
): PerformanceCommand {
	const { frame, engine, samples } = context;
	const slot = (): number => field.field("slot").integer(0, engine.sampleSlots - 1);
	const type = field.field("type").oneOf(commandTypes);
	switch (type) {
		case "play": {
			const velocity = field.field("velocity").number(0, 1);
			return { frame, type, slot: slot(), velocity, loop: field.field("loop").boolean(), ...parseVoice(field) };
		}
		case "stopVoice":
			return { frame, type, voice: parseNumber(field), fadeFrames: field.field("fadeFrames").integer(0, MAX_FADE) };
		case "voiceGain":
			return { frame, type, voice: parseNumber(field), gain: field.field("gain").number(0, MAX_VOICE_GAIN) };
		case "load":
			return { frame, type, slot: slot(), sample: field.field("sample").integer(0, samples.length - 1) };
		case "stop":
		case "unload":
		case "release":
		case "stopPad":
		case "cancelQueued":
		case "pause":
		case "resume":
		case "endRoll":
			return { frame, type, slot: slot() };
		case "seek":
			return { frame, type, slot: slot(), toFrame: field.field("toFrame").number(0, MAX_LOOP_FRAME) };
		case "roll":
			return { frame, type, slot: slot(), beats: field.field("beats").number(MIN_BEATS, MAX_BEATS) };
		case "press":
			return { frame, type, slot: slot(), velocity: field.field("velocity").number(0, 1) };
		case "slices":
			return { frame, type, ...parsePadSlices(field, engine) };
		case "set":
			return { frame, type, ...parseParameter(field, engine) };
		case "transportMove":
			return { frame, type, beat: field.field("beat").number(0, MAX_BEAT) };
		case "transportNudge":
			return { frame, type, beats: field.field("beats").number(-MAX_BEATS, MAX_BEATS) };
		case "stopAll":
		case "transportStart":
		case "transportStop":
			return { frame, type };
	}
}

/** What a play says of its voice beyond the usual. */
function parseVoice(field: PerformanceField): Partial<PerformanceVoice> {
	const read = {
		voice: (): number => parseNumber(field),
		gain: (): number => field.field("gain").number(0, MAX_VOICE_GAIN),
		pan: (): number => field.field("pan").number(-1, 1),
		rate: (): number => field.field("rate").number(MIN_RATE, MAX_RATE),
		offset: (): number => field.field("offset").number(0, MAX_LOOP_FRAME),
		fadeInFrames: (): number => field.field("fadeInFrames").integer(0, MAX_FADE),
	};
	const present = Object.entries(read).filter(([name]) => field.field(name).isPresent);
	return Object.fromEntries(present.map(([name, parse]) => [name, parse()]));
}

function parseNumber(field: PerformanceField): number {
	return field.field("voice").integer(1, 2 ** 32 - 1);
}

/** A parameter of a pad names its slot, any other none. */
function parseParameter(field: PerformanceField, engine: PerformanceEngine): PerformanceParameter {
	const slot = field.field("slot");
	if (!slot.isPresent) {
		const parameter = field.field("parameter").oneOf(sharedParameterNames);
		return { parameter, value: parseValue(field, parameterOf(sharedParameter(parameter))) };
	}
	const parameter = field.field("parameter").oneOf(padParameterNames);
	const value = parseValue(field, parameterOf({ owner: "pad", name: parameter }));
	return { slot: slot.integer(0, engine.sampleSlots - 1), parameter, value };
}

function parseValue(field: PerformanceField, parameter: Parameter<ParameterValue>): ParameterValue {
	const isHeld = (value: unknown): value is ParameterValue => parameter.accepts(value) && value !== -Infinity;
	return field.field("value").accepted(isHeld, parameter.range);
}
