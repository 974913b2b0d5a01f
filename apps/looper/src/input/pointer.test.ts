import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gestureForPointer, velocityAt } from "./pointer.ts";

const extent = { top: 100, height: 80 };
const press = { pointerId: 7, button: 0, shiftKey: false, ctrlKey: false, clientY: 100 };

test("the velocity is 1 at the top edge, 0.6 in the middle and 0.2 at the bottom edge", () => {
	expect(velocityAt(100, extent)).toBe(1);
	expect(velocityAt(140, extent)).toBeCloseTo(0.6, 12);
	expect(velocityAt(180, extent)).toBeCloseTo(0.2, 12);
});

test("the velocity stays within 0.2..1 and never rises downwards", () => {
	const position = fc.double({ min: -1e6, max: 1e6, noNaN: true });
	fc.assert(
		fc.property(position, position, fc.double({ min: 0, max: 1e4, noNaN: true }), (first, second, height) => {
			const [upper, lower] = [Math.min(first, second), Math.max(first, second)];
			const above = velocityAt(upper, { top: 0, height });
			const below = velocityAt(lower, { top: 0, height });
			expect(above).toBeLessThanOrEqual(1);
			expect(below).toBeGreaterThanOrEqual(0.2 - 1e-12);
			expect(below).toBeLessThanOrEqual(above);
		}),
	);
});

test("the main button presses with the velocity of its position", () => {
	expect(gestureForPointer(press, 5, extent)).toEqual({
		type: "press",
		pad: 5,
		velocity: 1,
		holder: "pointer 7",
	});
});

test("Shift stops the pad", () => {
	expect(gestureForPointer({ ...press, shiftKey: true }, 5, extent)).toEqual({ type: "stop", pad: 5 });
});

test("other buttons and Ctrl do not play", () => {
	expect(gestureForPointer({ ...press, button: 2 }, 5, extent)).toBeNull();
	expect(gestureForPointer({ ...press, ctrlKey: true }, 5, extent)).toBeNull();
});
