import { expect, test } from "vitest";
import { dialArc, dialPoint } from "./knob-arc.ts";

test("a dial's middle is at the top, its ends are below on the left and on the right", () => {
	expect(dialPoint(0.5, 16)).toEqual([20, 4]);
	const [left, right] = [dialPoint(0, 16), dialPoint(1, 16)];
	expect(left[0]).toBeLessThan(20);
	expect(right[0]).toBeGreaterThan(20);
	expect(left[1]).toBe(right[1]);
	expect(left[1]).toBeGreaterThan(20);
});

test("an arc goes clockwise, from the smaller share", () => {
	expect(dialArc(0.75, 0.5, 16)).toBe(dialArc(0.5, 0.75, 16));
	expect(dialArc(0.5, 0.75, 16)).toMatch(/^M20 4A16 16 0 0 1 /);
});

test("an arc over more than a half circle is the long one", () => {
	expect(dialArc(0, 1, 16)).toMatch(/A16 16 0 1 1 /);
});

test("an arc without length is none", () => {
	expect(dialArc(0.5, 0.5, 16)).toBe("");
});
