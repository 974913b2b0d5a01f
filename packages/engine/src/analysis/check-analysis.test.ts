import { expect, test } from "vitest";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { checkAnalysis, checkPartialAnalysis } from "./check-analysis.ts";

const whole: SampleAnalysis = {
	tempo: { bpm: 97.5, confidence: 0.5, origin: "name", alternatives: [195, 48.75], isConstant: true },
	beats: { firstBeatSec: 0.1, periodSec: 60 / 97.5, beatsPerBar: 4, firstDownbeatSec: 0.1, lengthBeats: null },
	key: { tonic: "F#", mode: "minor", confidence: 1, origin: "file", tuningCents: -12 },
	loudness: { lufs: -12, truePeakDecibels: null },
	onsetsSec: [0, 0.5, 0.5, 8],
	isPercussive: true,
};

test("what is in form is copied", () => {
	const checked = checkAnalysis(whole, 8);
	expect(checked).toEqual(whole);
	expect(checked.tempo).not.toBe(whole.tempo);
	expect(checked.onsetsSec).not.toBe(whole.onsetsSec);
	expect(checkAnalysis({ ...whole, tempo: null, beats: null, key: null }, 8).key).toBeNull();
	expect(checkPartialAnalysis({ key: null, onsetsSec: [1], beats: undefined }, 8)).toEqual({
		key: null,
		onsetsSec: [1],
	});
	expect(checkPartialAnalysis({}, 8)).toEqual({});
});

test.each<[object, RegExp]>([
	[{ tempo: 97 }, /of tempo must be an object, not 97/],
	[{ tempo: { ...whole.tempo, bpm: Number.NaN } }, /tempo\.bpm must be a number from .* not NaN/],
	[{ tempo: { ...whole.tempo, bpm: 0 } }, /tempo\.bpm/],
	[{ tempo: { ...whole.tempo, bpm: Number.POSITIVE_INFINITY } }, /tempo\.bpm/],
	[
		{ tempo: { ...whole.tempo, origin: "guess" } },
		/tempo\.origin must be one of "file", "name", "detected", not "guess"/,
	],
	[{ tempo: { ...whole.tempo, alternatives: [1, "2"] } }, /tempo\.alternatives\[1\] must be a number/],
	[
		{ tempo: { ...whole.tempo, alternatives: Array.from({ length: 17 }, () => 1) } },
		/alternatives must be an array of at most 16/,
	],
	[{ tempo: { ...whole.tempo, sure: true } }, /no field sure in tempo.*bpm/],
	[{ tempo: { bpm: 97 } }, /tempo\.confidence/],
	[{ beats: { ...whole.beats, beatsPerBar: 3.5 } }, /beats\.beatsPerBar must be a whole number/],
	[{ beats: { ...whole.beats, periodSec: 0 } }, /beats\.periodSec/],
	[{ key: { ...whole.key, tonic: "H" } }, /key\.tonic/],
	[{ key: { ...whole.key, tuningCents: 51 } }, /key\.tuningCents/],
	[{ loudness: null }, /loudness must be an object, not null/],
	[{ loudness: { lufs: "-12", truePeakDecibels: null } }, /loudness\.lufs/],
	[{ onsetsSec: "0" }, /onsetsSec must be an array/],
	[{ onsetsSec: [8.1] }, /onsetsSec\[0\] must be a number from 0 to 8/],
	[{ isPercussive: 1 }, /isPercussive must be true or false/],
	[{ onsetsSec: [2, 1] }, /onsetsSec\[1\] must be at least 2/],
	[{ onsetsSec: Array.from({ length: 3 }) }, /onsetsSec\[0\]/],
	[{ bpm: 97 }, /no field bpm in the analysis/],
])("%j is named as wrong", (change, message) => {
	expect(() => checkPartialAnalysis(change, 8)).toThrow(message);
	expect(() => checkAnalysis({ ...whole, ...change }, 8)).toThrow(/must be|There is no field/);
});

test.each([null, undefined, 5, "analysis", [whole], () => whole])("%s is no analysis", (value) => {
	expect(() => checkPartialAnalysis(value, 8)).toThrow(/must be an object/);
});

test("every field of a whole analysis has to be there", () => {
	for (const name of Object.keys(whole)) expect(() => checkAnalysis({ ...whole, [name]: undefined }, 8)).toThrow(name);
});
