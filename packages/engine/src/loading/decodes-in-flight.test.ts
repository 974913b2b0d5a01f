import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LooperError } from "../errors.ts";
import type { ContentKeys } from "../memory/content-index.ts";
import { DecodesInFlight } from "./decodes-in-flight.ts";

const SEED = 0x0dec_0de5;

/** A content without a fingerprint. */
function short(key: string): ContentKeys {
	return { key, fingerprintKey: null };
}

function unexpected(): never {
	throw new Error("called back");
}

test("the first load of a content decodes it, the others wait", () => {
	const decodings = new DecodesInFlight();
	expect(decodings.begin(short("a"), 1, unexpected)).toBe(true);
	expect(decodings.begin(short("a"), 2, () => {})).toBe(false);
	expect(decodings.begin(short("b"), 3, unexpected)).toBe(true);
	expect([1, 2, 3, 4].map((requestId) => decodings.of(requestId)?.key)).toEqual(["a", undefined, "b", undefined]);
});

test("the end of a decoding calls everybody who waits, in their order, once", () => {
	const decodings = new DecodesInFlight();
	const called: number[] = [];
	decodings.begin(short("a"), 1, unexpected);
	for (const requestId of [2, 3, 4]) decodings.begin(short("a"), requestId, () => called.push(requestId));
	decodings.end(1);
	decodings.end(1);
	expect(called).toEqual([2, 3, 4]);
	expect(decodings.of(1)?.key).toBeUndefined();
});

test("who is called may begin at once: the first decodes, the next wait for it", () => {
	const decodings = new DecodesInFlight();
	const decoders: number[] = [];
	const begin = (requestId: number): void => {
		if (decodings.begin(short("a"), requestId, () => begin(requestId))) decoders.push(requestId);
	};
	for (const requestId of [1, 2, 3]) begin(requestId);
	for (const requestId of [1, 2, 3]) decodings.end(requestId);
	expect(decoders).toEqual([1, 2, 3]);
});

test("the end of a load that waits, or of one that is unknown, ends no decoding", () => {
	const decodings = new DecodesInFlight();
	decodings.begin(short("a"), 1, unexpected);
	decodings.begin(short("a"), 2, unexpected);
	decodings.end(2);
	decodings.end(99);
	expect(decodings.of(1)?.key).toBe("a");
	expect(decodings.begin(short("a"), 3, unexpected)).toBe(false);
});

test("a content of which only the fingerprint is known is waited for by all that have it", () => {
	const decodings = new DecodesInFlight();
	const called: number[] = [];
	expect(decodings.beginUnnamed("like", 1)).toBe(true);
	expect(decodings.of(1)).toMatchObject({ key: null, fingerprintKey: "like" });
	expect(decodings.beginUnnamed("like", 2)).toBe(false);
	expect(decodings.begin({ key: "a", fingerprintKey: "like" }, 3, () => called.push(3))).toBe(false);
	expect(decodings.begin({ key: "b", fingerprintKey: "like" }, 4, () => called.push(4))).toBe(false);
	expect(decodings.begin({ key: "b", fingerprintKey: "unlike" }, 5, unexpected)).toBe(true);
	expect(decodings.begin(short("c"), 6, unexpected)).toBe(true);
	decodings.end(1);
	expect(called).toEqual([3, 4]);
});

test("two contents with one fingerprint, both named, are decoded at the same time", () => {
	const decodings = new DecodesInFlight();
	expect(decodings.begin({ key: "a", fingerprintKey: "like" }, 1, unexpected)).toBe(true);
	expect(decodings.begin({ key: "b", fingerprintKey: "like" }, 2, unexpected)).toBe(true);
	expect(decodings.beginUnnamed("like", 3)).toBe(false);
});

test("a failure is told only to those that are known to have the content that failed", () => {
	const failure = new LooperError("malformed-audio", "no audio");
	const decodings = new DecodesInFlight();
	const heard: (LooperError | null)[] = [];
	decodings.beginUnnamed("like", 1);
	decodings.begin({ key: "a", fingerprintKey: "like" }, 2, (told) => heard.push(told));
	decodings.end(1, failure);
	decodings.begin({ key: "a", fingerprintKey: "like" }, 2, unexpected);
	decodings.begin({ key: "a", fingerprintKey: "like" }, 3, (told) => heard.push(told));
	decodings.end(2, failure);
	expect(heard).toEqual([null, failure]);
});

test("a load that is sent back and finds another fingerprint leaves its first content to the next", () => {
	const decodings = new DecodesInFlight();
	let isCalled = false;
	decodings.begin({ key: "a", fingerprintKey: "like" }, 1, unexpected);
	decodings.begin({ key: "a", fingerprintKey: "like" }, 2, () => {
		isCalled = true;
	});
	expect(decodings.beginUnnamed("like", 1)).toBe(false);
	expect([isCalled, decodings.of(1)?.key]).toEqual([false, "a"]);
	expect(decodings.beginUnnamed("unlike", 1)).toBe(true);
	expect([isCalled, decodings.of(1)?.key]).toEqual([true, null]);
});

test("in any sequence a content has at most one decoder, and nobody waits for an ended one", () => {
	const step = fc.record({
		requestId: fc.integer({ min: 1, max: 8 }),
		key: fc.constantFrom("a", "b"),
		ends: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const decodings = new DecodesInFlight();
			/** Who decodes what, and who waits for it, as it should be. */
			const decoderOf = new Map<string, number>();
			const waitersOf = new Map<string, number[]>([
				["a", []],
				["b", []],
			]);
			const called: number[] = [];
			for (const { requestId, key, ends } of steps) {
				const decoded = [...decoderOf].find(([, decoder]) => decoder === requestId)?.[0];
				expect(decodings.of(requestId)?.key).toBe(decoded);
				if (ends) {
					called.length = 0;
					decodings.end(requestId);
					expect(called).toEqual(decoded === undefined ? [] : waitersOf.get(decoded));
					if (decoded !== undefined) {
						decoderOf.delete(decoded);
						waitersOf.set(decoded, []);
					}
				} else if (decoded === undefined) {
					const isFirst = decodings.begin(short(key), requestId, () => called.push(requestId));
					expect(isFirst).toBe(!decoderOf.has(key));
					if (isFirst) decoderOf.set(key, requestId);
					else waitersOf.get(key)?.push(requestId);
				}
			}
		}),
		{ seed: SEED, numRuns: 300 },
	);
});
