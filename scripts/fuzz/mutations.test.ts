import { expect, test } from "vitest";
import { mutate } from "./mutations.mjs";
import { Random } from "./random.mjs";

const file = Uint8Array.from({ length: 3000 }, (_, index) => (index < 400 ? 0x61 + (index % 26) : index));
const donor = new Uint8Array(2000).fill(0xd0);
const damage = (seed: number, index: number): ReturnType<typeof mutate> => mutate(file, new Random(seed, index), donor);

test("a case is the same for the same seed and number, and differs for the next ones", () => {
	const cases = Array.from({ length: 200 }, (_, index) => Buffer.from(damage(1, index).bytes).toString("hex"));
	expect(Array.from({ length: 200 }, (_, index) => Buffer.from(damage(1, index).bytes).toString("hex"))).toEqual(cases);
	expect(new Set(cases).size).toBe(200);
	expect(Buffer.from(damage(2, 0).bytes).toString("hex")).not.toBe(cases[0]);
});

test("every mutation occurs, the input stays unmodified, and hardly any case is undamaged", () => {
	const before = file.slice();
	const cases = Array.from({ length: 2000 }, (_, index) => damage(3, index));
	const ways = new Set(cases.flatMap((one) => one.ways));
	expect([...ways].toSorted((one, other) => one.localeCompare(other))).toEqual([
		"blank",
		"editLength",
		"flipBits",
		"insert",
		"remove",
		"repeat",
		"splice",
		"truncate",
	]);
	expect(file).toEqual(before);
	expect(cases.filter(({ bytes }) => Buffer.compare(bytes, file) === 0).length).toBeLessThan(40);
});

test("an empty file has nothing to damage", () => {
	expect(mutate(new Uint8Array(0), new Random(1, 1), donor)).toEqual({ bytes: new Uint8Array(0), ways: [] });
});

test("sizes cover all orders of magnitude within their bounds", () => {
	const random = new Random(7, 0);
	const sizes = Array.from({ length: 4000 }, () => random.size(1024));
	expect(Math.min(...sizes)).toBe(1);
	expect(Math.max(...sizes)).toBe(1024);
	expect(sizes.filter((size) => size < 32).length).toBeGreaterThan(1500);
});
