import { expect, test } from "vitest";
import { deepFreeze } from "./deep-freeze.ts";

test("every object and list of a value is frozen", () => {
	const value = deepFreeze({ tempo: { bpm: 97, alternatives: [194] }, key: null });
	expect([value, value.tempo, value.tempo.alternatives].map(Object.isFrozen)).toEqual([true, true, true]);
	expect(structuredClone(value)).toEqual(value);
	expect(deepFreeze(5)).toBe(5);
});
