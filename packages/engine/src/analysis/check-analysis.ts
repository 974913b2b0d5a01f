import { checkBoolean, checkInteger, checkNumber, checkObject, checkOneOf, mustBe } from "../check-arguments.ts";
import { TONICS } from "../protocol/musical-key.ts";
import type {
	AnalysisOrigin,
	AnalyzedBeats,
	AnalyzedKey,
	AnalyzedLoudness,
	AnalyzedTempo,
	SampleAnalysis,
} from "../protocol/sample-analysis.ts";

/** @returns a copy of the value. @throws RangeError or TypeError, naming the field and what is in it. */
type Check<Value> = (name: string, value: unknown) => Value;

const ORIGINS: readonly AnalysisOrigin[] = ["file", "name", "detected"];
const FASTEST = 1000;
const MOST_BEATS_PER_BAR = 64;
const MOST_ALTERNATIVES = 16;
/** As many onsets as an analysis tells. */
export const MOST_ONSETS = 10_000;
/** Loudness is within these, and more than that. */
const MOST_DECIBELS = 1000;

/** What each field of an analysis may be, in a recording that long. */
function fieldsFor(durationSec: number): { readonly [Field in keyof SampleAnalysis]: Check<SampleAnalysis[Field]> } {
	const second = numberFrom(0, durationSec);
	const tempo = recordOf<AnalyzedTempo>({
		bpm: numberFrom(Number.MIN_VALUE, FASTEST),
		confidence: numberFrom(0, 1),
		origin: oneOf(ORIGINS),
		alternatives: listOf(numberFrom(Number.MIN_VALUE, 2 * FASTEST), MOST_ALTERNATIVES),
		isConstant: flag,
	});
	const beats = recordOf<AnalyzedBeats>({
		firstBeatSec: numberFrom(0, Number.MAX_VALUE),
		periodSec: numberFrom(60 / FASTEST, Number.MAX_VALUE),
		beatsPerBar: count(MOST_BEATS_PER_BAR),
		firstDownbeatSec: numberFrom(0, Number.MAX_VALUE),
		lengthBeats: nullOr(numberFrom(Number.MIN_VALUE, Number.MAX_VALUE)),
	});
	const key = recordOf<AnalyzedKey>({
		tonic: oneOf(TONICS),
		mode: oneOf(["major", "minor"]),
		confidence: numberFrom(0, 1),
		origin: oneOf(ORIGINS),
		tuningCents: numberFrom(-50, 50),
	});
	const decibels = nullOr(numberFrom(-MOST_DECIBELS, MOST_DECIBELS));
	return {
		tempo: nullOr(tempo),
		beats: nullOr(beats),
		key: nullOr(key),
		loudness: recordOf<AnalyzedLoudness>({ lufs: decibels, truePeakDecibels: decibels }),
		onsetsSec: ascending(listOf(second, MOST_ONSETS)),
		isPercussive: flag,
	};
}

/**
 * A copy of the fields of an analysis that a value has, whatever the value is.
 *
 * @param durationSec - of the recording
 * @throws RangeError or TypeError, naming the first field that is wrong
 */
export function checkPartialAnalysis(value: unknown, durationSec: number): Partial<SampleAnalysis> {
	const fields = fieldsFor(durationSec);
	checkObject("the analysis", value);
	checkFields("the analysis", value, fields);
	const given = Object.entries(fields).flatMap(([name, check]: [string, Check<unknown>]) => {
		const field: unknown = Reflect.get(value, name);
		return field === undefined ? [] : [[name, check(name, field)]];
	});
	return Object.fromEntries(given);
}

/** A copy of an analysis with all of its fields. @throws RangeError or TypeError, as `checkPartialAnalysis` */
export function checkAnalysis(value: unknown, durationSec: number): SampleAnalysis {
	return recordOf<SampleAnalysis>(fieldsFor(durationSec))("", value);
}

function recordOf<Value>(fields: { readonly [Field in keyof Value]: Check<Value[Field]> }): Check<Value> {
	return (name, value) => {
		checkObject(name, value);
		checkFields(name, value, fields);
		const prefix = name === "" ? "" : `${name}.`;
		const entries = Object.entries(fields).map(([field, check]) => [
			field,
			(check as Check<unknown>)(`${prefix}${field}`, Reflect.get(value, field)),
		]);
		return Object.fromEntries(entries) as Value;
	};
}

/** @throws TypeError for a field that there is not, which would be ignored in silence. */
function checkFields(name: string, value: object, fields: object): void {
	const unknown = Object.keys(value).find((field) => !Object.hasOwn(fields, field));
	if (unknown === undefined) return;
	throw new TypeError(`There is no field ${unknown} in ${name}. There are ${Object.keys(fields).join(", ")}.`);
}

function numberFrom(from: number, to: number): Check<number> {
	return (name, value) => {
		checkNumber(name, value as number, from, to);
		return value as number;
	};
}

function count(to: number): Check<number> {
	return (name, value) => {
		checkInteger(name, value as number, 1, to);
		return value as number;
	};
}

function oneOf<Choice extends string>(choices: readonly Choice[]): Check<Choice> {
	return (name, value) => {
		checkOneOf(name, value as string, choices);
		return value as Choice;
	};
}

const flag: Check<boolean> = (name, value) => {
	checkBoolean(name, value as boolean);
	return value as boolean;
};

function nullOr<Value>(check: Check<Value>): Check<Value | null> {
	return (name, value) => (value === null ? null : check(name, value));
}

function listOf<Value>(check: Check<Value>, most: number): Check<readonly Value[]> {
	return (name, value) => {
		if (!Array.isArray(value) || value.length > most)
			throw new TypeError(mustBe(name, `an array of at most ${most}`, value));
		return Array.from(value as readonly unknown[], (entry, index) => check(`${name}[${index}]`, entry));
	};
}

function ascending(check: Check<readonly number[]>): Check<readonly number[]> {
	return (name, value) => {
		const numbers = check(name, value);
		const at = numbers.findIndex((number, index) => index > 0 && number < numbers[index - 1]!);
		if (at < 0) return numbers;
		throw new RangeError(mustBe(`${name}[${at}]`, `at least ${numbers[at - 1]}`, numbers[at]));
	};
}
