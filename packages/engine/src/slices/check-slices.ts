import { checkBoolean, checkNumber, checkObject, checkOneOf, mustBe } from "../check-arguments.ts";
import { checkKnown } from "../check-known.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { MAX_SLICE_EDGE, MAX_SLICES, SLICES_PER_COMMAND } from "../protocol/commands.ts";
import { MAX_LOOP_FRAME } from "../protocol/parameters.ts";
import { COMMAND_BYTES } from "../protocol/shared-memory.ts";
import type { Slice, SliceOptions, SliceTail } from "../protocol/slice.ts";
import { readSlices, stepped, writeSlices } from "../rings/slice-words.ts";

/** Frames from one slice to the next, at least. */
const LEAST_FRAMES = 1;

/**
 * Checks slices, and copies them as the audio thread has them: to 1/256 of a frame.
 *
 * @param frames - of the source file
 * @throws TypeError or RangeError, naming the slice.
 */
export function checkSlices(slices: unknown, frames: number): readonly Slice[] {
	const list = checkList("slices", slices, "a list of slices");
	let least = 0;
	const checked = list.map((slice, index): Slice => {
		const name = `slices[${index}]`;
		checkObject(name, slice);
		const { startFrame, onsetFrame, tail } = slice as Slice;
		checkNumber(`${name}.onsetFrame`, onsetFrame, least, frames);
		if (stepped(onsetFrame) >= frames)
			throw new RangeError(mustBe(`${name}.onsetFrame`, `less than ${frames}, rounded to 1/256`, onsetFrame));
		least = onsetFrame + LEAST_FRAMES;
		checkNumber(`${name}.startFrame`, startFrame, onsetFrame - MAX_SLICE_EDGE, onsetFrame);
		return { startFrame, onsetFrame, tail: tail === null ? null : checkTail(`${name}.tail`, tail, onsetFrame) };
	});
	return deepFreeze(asSent(checked));
}

function checkTail(name: string, tail: SliceTail, onsetFrame: number): SliceTail {
	checkObject(name, tail);
	const { startFrame, periodFrames, decay, isCorrelated } = tail;
	checkNumber(`${name}.startFrame`, startFrame, onsetFrame, onsetFrame + MAX_LOOP_FRAME);
	checkNumber(`${name}.periodFrames`, periodFrames, 0, MAX_SLICE_EDGE);
	checkNumber(`${name}.decay`, decay, 0, 1);
	checkBoolean(`${name}.isCorrelated`, isCorrelated);
	return { startFrame, periodFrames, decay, isCorrelated };
}

/** What is left of slices when they have been sent. */
function asSent(slices: readonly Slice[]): Slice[] {
	const sent: Slice[] = [];
	for (let first = 0; first < slices.length; first += SLICES_PER_COMMAND) {
		const entry = new DataView(new ArrayBuffer(COMMAND_BYTES));
		writeSlices(entry, slices, first);
		sent.push(...readSlices(entry).slices);
	}
	return sent;
}

/** What is asked for. */
export interface AskedSlices {
	/** Frames at the engine's rate; null = they are found. */
	readonly onsets: readonly number[] | null;
	readonly sensitivity: number;
	readonly hasTails: boolean;
}

/**
 * Checks the options of `pad.slice`.
 *
 * @param recording - the sample at the engine's rate
 * @throws TypeError or RangeError, naming option and value.
 */
export function checkSliceOptions(
	options: SliceOptions,
	{ frames, sampleRate }: { readonly frames: number; readonly sampleRate: number },
): AskedSlices {
	checkObject("options", options);
	checkKnown(options, { onsetsSec: true, sensitivity: true, tail: true });
	const { onsetsSec, sensitivity = 0.5, tail = "loop" } = options;
	checkNumber("sensitivity", sensitivity, 0, 1);
	checkOneOf("tail", tail, ["loop", "cut"]);
	const onsets = onsetsSec === undefined ? null : checkOnsets(onsetsSec, frames, sampleRate);
	return { onsets, sensitivity, hasTails: tail === "loop" };
}

function checkOnsets(onsetsSec: unknown, frames: number, sampleRate: number): number[] {
	let last = -1;
	return checkList("onsetsSec", onsetsSec, "a list of seconds").map((seconds, index) => {
		const onset = typeof seconds === "number" ? Math.round(seconds * sampleRate) : Number.NaN;
		if (onset > last && onset < frames) {
			last = onset;
			return onset;
		}
		const from = last < 0 ? "from 0" : `above ${last / sampleRate}`;
		throw new RangeError(mustBe(`onsetsSec[${index}]`, `a number ${from} and below ${frames / sampleRate}`, seconds));
	});
}

function checkList(name: string, value: unknown, wanted: string): readonly unknown[] {
	if (!Array.isArray(value)) throw new TypeError(mustBe(name, wanted, value));
	if (value.length > MAX_SLICES) throw new RangeError(mustBe(name, `${wanted}, ${MAX_SLICES} at most`, value));
	// Holes of a list are passed over by its methods.
	return Array.from(value);
}
