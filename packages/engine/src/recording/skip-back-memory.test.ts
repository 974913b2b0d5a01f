import { expect, test } from "vitest";
import { seededRandom } from "../../test/fixtures.ts";
import { SkipBackMemory } from "./skip-back-memory.ts";

const SEED = 20_261_201;

test("the newest frames are those that came last, whatever they came in", () => {
	const random = seededRandom(SEED);
	for (const capacity of [1, 2, 7, 100]) {
		const memory = new SkipBackMemory(capacity);
		const all: number[] = [];
		for (let round = 0; round < 100; round++) {
			const frames = Math.floor(random() * 3 * capacity);
			const added = Float32Array.from({ length: 2 * frames }, (_, index) => all.length + index);
			memory.append(added);
			all.push(...added);
			const wanted = Math.floor(random() * 2 * capacity);
			const kept = Math.min(wanted, capacity, all.length / 2);
			expect([...memory.newest(wanted)]).toEqual(kept === 0 ? [] : all.slice(-2 * kept));
			expect(memory.count).toBe(all.length / 2);
		}
		memory.clear();
		expect(memory.newest(capacity)).toHaveLength(0);
	}
});
