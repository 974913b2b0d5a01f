import { expect, test } from "vitest";
import { edgeShare, edges, visibleShare } from "./edge-shares.ts";

function sharesAt(share: number): readonly number[] {
	return edges.map((_, edge) => edgeShare(edge, share));
}

test("progress fills one edge after the other, a quarter each", () => {
	expect(sharesAt(0)).toEqual([0, 0, 0, 0]);
	expect(sharesAt(0.125)).toEqual([0.5, 0, 0, 0]);
	expect(sharesAt(0.25)).toEqual([1, 0, 0, 0]);
	expect(sharesAt(0.6875)).toEqual([1, 1, 0.75, 0]);
	expect(sharesAt(1)).toEqual([1, 1, 1, 1]);
});

test("progress that cannot be seen is none", () => {
	expect(visibleShare(0.5004)).toBe(0.5);
	expect(visibleShare(0.503)).toBeGreaterThan(0.5);
	expect([visibleShare(0), visibleShare(1)]).toEqual([0, 1]);
});
