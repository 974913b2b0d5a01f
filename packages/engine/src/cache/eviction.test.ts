import * as fc from "fast-check";
import { expect, test } from "vitest";
import { leastRecentlyUsed } from "./eviction.ts";
import type { EntryStatus } from "./pcm-store.ts";

const entry = (name: string, bytes: number, usedAt: number): EntryStatus => ({ name, bytes, usedAt });
const entries = fc.uniqueArray(fc.record({ name: fc.uuid(), bytes: fc.nat(1000), usedAt: fc.nat(1000) }), {
	maxLength: 20,
	selector: ({ usedAt }) => usedAt,
});
const total = (some: readonly EntryStatus[]): number => some.reduce((sum, { bytes }) => sum + bytes, 0);

test("least recently used entries are evicted first, and no more than necessary", () => {
	const kept = [entry("newest", 40, 3), entry("oldest", 10, 1), entry("middle", 30, 2)];
	expect(leastRecentlyUsed(kept, 80)).toEqual([]);
	expect(leastRecentlyUsed(kept, 79)).toEqual(["oldest"]);
	expect(leastRecentlyUsed(kept, 69)).toEqual(["oldest", "middle"]);
	expect(leastRecentlyUsed(kept, 0)).toEqual(["oldest", "middle", "newest"]);
});

test("the rest always fits, is newer than the evicted entries, and would not fit with one more", () => {
	fc.assert(
		fc.property(entries, fc.nat(12_000), (all, limit) => {
			const going = new Set(leastRecentlyUsed(all, limit));
			const gone = all.filter(({ name }) => going.has(name)).toSorted((one, other) => one.usedAt - other.usedAt);
			const rest = all.filter(({ name }) => !going.has(name));
			expect(total(rest)).toBeLessThanOrEqual(limit);
			for (const { usedAt } of rest) expect(usedAt).toBeGreaterThan(gone.at(-1)?.usedAt ?? -1);
			const withOneMore = total(rest) + (gone.at(-1)?.bytes ?? Number.POSITIVE_INFINITY);
			expect(withOneMore).toBeGreaterThan(limit);
		}),
		{ seed: 4, numRuns: 500 },
	);
});
