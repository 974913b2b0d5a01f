import { expect, test } from "vitest";
import { MAX_BEATS, MIN_BEATS } from "../protocol/parameters.ts";
import { IMMEDIATELY, onLine, quantumOf } from "./moment.ts";

test("a moment keeps every bit of a quantum, and is no frame and not at once", () => {
	for (const quantum of [MIN_BEATS, 1 / 3, 0.1, 1, Math.PI, MAX_BEATS]) {
		expect(quantumOf(onLine(quantum))).toBe(quantum);
		expect(onLine(quantum)).toBeLessThan(IMMEDIATELY);
	}
	for (const moment of [0, 2 ** 53 - 1, IMMEDIATELY]) expect(quantumOf(moment)).toBe(0);
});
