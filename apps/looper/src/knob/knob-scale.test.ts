import { describe, expect, test } from "vitest";
import {
	draggedShare,
	linearScale,
	parseNumber,
	ratioScale,
	stepped,
	valueAfterKey,
	valueAtShare,
} from "./knob-scale.ts";

const plain = { step: 0.5, fineStep: 0.1, format: String };
const gain = linearScale({ ...plain, lowest: -60, highest: 6, initial: 0 });
const speed = ratioScale({ ...plain, lowest: 0.25, highest: 4, initial: 1, step: 0.05, fineStep: 0.01 });

test("steps stay on whole steps and within the ends", () => {
	expect(stepped(gain, 0, 1, false)).toBe(0.5);
	expect(stepped(gain, 0.2, 1, true)).toBe(0.3);
	expect(stepped(gain, 5.9, 1, false)).toBe(6);
	expect(stepped(gain, -60, -1, false)).toBe(-60);
});

test("a step up from silence begins at the lowest value", () => {
	expect(stepped(gain, Number.NEGATIVE_INFINITY, 1, false)).toBe(-59.5);
});

test("a drag over the whole travel goes from end to end, with Shift over a tenth", () => {
	expect(valueAtShare(gain, draggedShare(gain, 0, 160, false))).toBe(6);
	expect(draggedShare(gain, 0.5, 16, true)).toBeCloseTo(0.51, 12);
	expect([draggedShare(gain, 0.9, 1_000, false), draggedShare(gain, 0.1, -1_000, false)]).toEqual([1, 0]);
});

test("a slow drag adds up", () => {
	const share = Array.from({ length: 160 }).reduce<number>((before) => draggedShare(gain, before, 0.1, true), 0.5);
	expect(valueAtShare(gain, share)).toBe(valueAtShare(gain, 0.51));
});

test("a ratio scale has 1 in the middle of a quarter and four", () => {
	expect([0.25, 1, 4].map(speed.shareOf)).toEqual([0, 0.5, 1]);
	expect(valueAtShare(speed, 0.75)).toBe(2);
	expect(speed.shareOf(0)).toBe(0);
});

test("values below a scale, such as silence, lie at its beginning", () => {
	expect(gain.shareOf(Number.NEGATIVE_INFINITY)).toBe(0);
});

test("keys step, page, lead to the ends and reset", () => {
	const keys = ["ArrowUp", "ArrowLeft", "PageUp", "PageDown", "Home", "End", "Backspace", "KeyQ"];
	expect(keys.map((code) => valueAfterKey(gain, -10, code, false))).toEqual([-9.5, -10.5, -5, -15, -60, 6, 0, null]);
	expect(valueAfterKey(gain, -10, "ArrowRight", true)).toBe(-9.9);
});

describe("a typed text", () => {
	test.each([
		["97.5", 97.5],
		[" −6,5 dB", -6.5],
		["-6dB", -6],
		["+3", 3],
		[".5", 0.5],
		["1e2", 100],
		["2,5E−1 dB", 0.25],
		["1/4", 0.25],
		["3 / 2 dB", 1.5],
		["-inf", Number.NEGATIVE_INFINITY],
		["−∞ dB", Number.NEGATIVE_INFINITY],
		["1/0", null],
		["1/4/2", null],
		["", null],
		["loud", null],
		["-6 -3", null],
		["0x80", null],
		["12abc", null],
		["12 BPM", null],
		["1.000.5", null],
		["e5", null],
	])("%j is %j", (text, value) => {
		expect(parseNumber(text, "dB")).toBe(value);
	});
});
