import * as fc from "fast-check";
import { createXXHash64 } from "hash-wasm";
import { expect, test } from "vitest";
import { noise } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { Checksum } from "./checksum.ts";

const bytes = new Uint8Array(noise(50_000, 1, { seed: 3 }).buffer);
const reference = await createXXHash64();
const checksum = new Checksum(loaderModule);

test("it is XXH64, of every length and however the content is cut", () => {
	const cuts = fc.array(fc.oneof(fc.nat(40), fc.nat(90_000)), { maxLength: 8 });
	fc.assert(
		fc.property(fc.oneof(fc.nat(140), fc.nat(bytes.length)), cuts, (length, pieces) => {
			const content = bytes.subarray(0, length);
			checksum.begin();
			let start = 0;
			for (const piece of [...pieces, length]) {
				checksum.update(content.subarray(start, start + piece));
				start += piece;
			}
			expect(checksum.digest()).toBe(reference.init().update(content).digest("hex"));
		}),
		{ numRuns: 500, seed: 5 },
	);
});

test("its bytes are its digits", () => {
	const digits = checksum.begin().update(bytes).digest();
	expect(Buffer.from(checksum.begin().update(bytes).digestBytes()).toString("hex")).toBe(digits);
	expect(digits).toMatch(/^[0-9a-f]{16}$/);
});

test("a seed gives the same content another checksum, that of XXH64 with it", async () => {
	for (const seed of [0, 1, 2, 3, 2 ** 31 - 1]) {
		for (const length of [0, 31, 32, 1_000]) {
			const content = bytes.subarray(0, length);
			const seeded = (await createXXHash64(seed)).init().update(content).digest("hex");
			expect(checksum.begin(seed).update(content).digest()).toBe(seeded);
		}
	}
});
