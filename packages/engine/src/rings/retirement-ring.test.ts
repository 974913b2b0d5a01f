import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CANARY, EngineWords, retire } from "../../test/engine-words.ts";
import {
	MAX_HANDLES,
	RETIREMENT_BYTES,
	RETIREMENT_READ,
	RETIREMENT_RING,
	RETIREMENT_WRITE,
} from "../protocol/shared-memory.ts";
import { RetirementRing } from "./retirement-ring.ts";

const SEED = 0x0e71_4e5d;

function canariesAround(position: number): EngineWords {
	const engine = new EngineWords();
	engine.words.fill(CANARY);
	for (const address of [RETIREMENT_READ, RETIREMENT_WRITE]) engine.set(address, position);
	return engine;
}

test("handles come out once and in the order they were retired, around any position", () => {
	const position = fc.oneof(
		fc.integer({ min: 0, max: 2 ** 32 - 1 }),
		fc.integer({ min: 2 ** 32 - 3000, max: 2 ** 32 - 1 }),
	);
	const bursts = fc.array(fc.tuple(fc.nat(MAX_HANDLES), fc.nat(MAX_HANDLES)), { maxLength: 20 });
	const run = (start: number, script: readonly (readonly [number, number])[]): void => {
		const engine = canariesAround(start);
		const ring = new RetirementRing(engine.words);
		const waiting: number[] = [];
		let retired = 0;
		for (const [writes, reads] of script) {
			for (let count = 0; count < writes && waiting.length < MAX_HANDLES; count++) {
				const handle = (retired++ % MAX_HANDLES) + 1;
				retire(engine.words, handle);
				waiting.push(handle);
			}
			const expected = Array.from({ length: reads }, (_, index) => waiting[index] ?? 0);
			expect(Array.from({ length: reads }, () => ring.read())).toEqual(expected);
			waiting.splice(0, reads);
		}
	};
	fc.assert(fc.property(position, bursts, run), { seed: SEED, numRuns: 100 });
});

test("a full ring of 1,024 handles is read whole, and an empty one gives 0", () => {
	const engine = canariesAround(-1);
	const ring = new RetirementRing(engine.words);
	expect(ring.read()).toBe(0);
	for (let handle = MAX_HANDLES; handle > 0; handle--) retire(engine.words, handle);
	for (let handle = MAX_HANDLES; handle > 0; handle--) expect(ring.read()).toBe(handle);
	expect(ring.read()).toBe(0);
});

test("reading changes the read position alone", () => {
	const engine = canariesAround(7);
	const ring = new RetirementRing(engine.words);
	retire(engine.words, 3);
	const before = engine.words.slice();
	ring.read();
	ring.read();
	before[RETIREMENT_READ / 4] = 8;
	expect(engine.words.findIndex((word, index) => word !== before[index])).toBe(-1);
	expect(RETIREMENT_BYTES).toBe(4 * MAX_HANDLES);
	expect(engine.words[(RETIREMENT_RING + RETIREMENT_BYTES) / 4]).toBe(CANARY);
});
