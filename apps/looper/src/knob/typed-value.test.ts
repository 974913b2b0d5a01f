import { expect, test } from "vitest";
import { bandScale, beatsScale, padGainScale, padPanScale, speedScale } from "../pad-panel/pad-scales.ts";
import { beatsPerBarScale, ceilingScale, masterGainScale, tempoScale } from "../transport-bar/set-scales.ts";
import { readTyped, type TypedValue } from "./typed-value.ts";

function tempoFrom(text: string): TypedValue {
	return readTyped(text, { label: "Tempo", scale: tempoScale, value: 120 });
}

test("a value within the scale is taken without a word", () => {
	expect(tempoFrom(" 97,5 ")).toEqual({ value: 97.5, problem: null });
});

test("a value beyond an end becomes that end, and this is said", () => {
	expect(tempoFrom("1000")).toEqual({ value: 400, problem: "Tempo goes up to 400, so “1000” became that." });
	expect(tempoFrom("2")).toEqual({ value: 20, problem: "Tempo goes down to 20, so “2” became that." });
	const gain = readTyped("12", { label: "Gain", scale: padGainScale, value: 0 });
	expect(gain).toEqual({ value: 6, problem: "Gain goes up to +6.0 dB, so “12” became that." });
});

test("a text that says no value changes nothing, and what can be typed is said", () => {
	expect(tempoFrom("abc")).toEqual({ value: null, problem: "Tempo cannot be “abc”. Type 20 to 400." });
	const beats = readTyped("x", { label: "Beats", scale: beatsScale, value: 0 });
	expect(beats.problem).toBe("Beats cannot be “x”. Type 1/32 to 4096, or 0 for none.");
});

test("nothing, and the text that stood in the field, change nothing", () => {
	const nothing = { value: null, problem: null };
	expect([tempoFrom("  "), tempoFrom("120")]).toEqual([nothing, nothing]);
	expect(readTyped("–", { label: "Beats", scale: beatsScale, value: 0 })).toEqual(nothing);
	// The figure is rounded, the value is not.
	expect(readTyped("97.33", { label: "Tempo", scale: tempoScale, value: 97.3333 })).toEqual(nothing);
});

test("silence can be typed where the parameter has it; elsewhere it is below the lowest", () => {
	for (const scale of [padGainScale, masterGainScale, bandScale]) {
		const typed = readTyped("−∞", { label: "Gain", scale, value: 0 });
		expect(typed).toEqual({ value: Number.NEGATIVE_INFINITY, problem: null });
	}
	const ceiling = readTyped("-inf", { label: "Ceiling", scale: ceilingScale, value: 0 });
	expect(ceiling).toEqual({ value: -24, problem: "Ceiling goes down to −24.0 dB, so “-inf” became that." });
	const gain = readTyped("mute", { label: "Gain", scale: padGainScale, value: Number.NEGATIVE_INFINITY });
	expect(gain.problem).toBe("Gain cannot be “mute”. Type −60.0 dB to +6.0 dB, or −∞ for silence.");
	expect(masterGainScale.format(Number.NEGATIVE_INFINITY)).toBe("−∞ dB");
});

test("a bar has whole beats", () => {
	const bar = { label: "Bar", scale: beatsPerBarScale, value: 4 };
	expect(readTyped("3", bar)).toEqual({ value: 3, problem: null });
	expect(readTyped("4.5", bar)).toEqual({
		value: null,
		problem: "Bar cannot be “4.5”. Type a whole number from 1 to 16.",
	});
});

test("what a control shows can be typed", () => {
	for (const [scale, value] of [
		[tempoScale, 97.5],
		[padGainScale, -6.5],
		[padPanScale, -0.5],
		[padPanScale, 0.25],
		[padPanScale, 0],
		[speedScale, 1.5],
		[beatsScale, 0.25],
	] as const) {
		expect(scale.parse(scale.format(value))).toBe(value);
	}
	expect([padPanScale.parse("30 l"), padPanScale.parse("30 left, right")]).toEqual([-0.3, null]);
});
