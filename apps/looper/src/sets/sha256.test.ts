import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Sha256 } from "./sha256.ts";

const SEED = 180;

test("pieces of any length have the hash that Node computes of the whole", () => {
	const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 });
	fc.assert(
		fc.property(pieces, (parts) => {
			const ours = new Sha256();
			const theirs = createHash("sha256");
			for (const part of parts) {
				ours.update(part);
				theirs.update(part);
			}
			expect(Buffer.from(ours.digest()).toString("hex")).toBe(theirs.digest("hex"));
		}),
		{ seed: SEED, numRuns: 500 },
	);
});

test("messages around the ends of blocks are padded right", () => {
	for (let length = 0; length <= 130; length++) {
		const bytes = new Uint8Array(length).fill(length);
		const expected = createHash("sha256").update(bytes).digest("hex");
		expect(Buffer.from(new Sha256().update(bytes).digest()).toString("hex")).toBe(expected);
	}
});
