import { expect, test } from "vitest";
import { Notices } from "../instrument/notices.ts";
import { LongWork } from "./long-work.ts";

/** The beginning of long work on 1,000 bytes, and what the performer is told of it. */
function begun(wholeBytes = 1_000): { work: LongWork; told: (string | number)[]; pass: () => void } {
	const notices = new Notices();
	const told: (string | number)[] = [];
	notices.added.add(({ text }) => told.push(text));
	notices.advanced.add(({ share }) => told.push(share));
	notices.withdrawn.add(({ text }) => told.push(`no ${text}`));
	let pass = (): void => {};
	const after = (_milliseconds: number, action: () => void): void => {
		pass = action;
	};
	return { work: new LongWork({ notices, after }, "work", wholeBytes), told, pass: () => pass() };
}

test("work that ends soon is not told of", () => {
	const { work, told, pass } = begun();
	work.advance(1_000);
	work.end();
	pass();
	expect(told).toEqual([]);
});

test("longer work is told of with what is done, at every percent, until it ends", () => {
	const { work, told, pass } = begun();
	work.advance(100);
	pass();
	for (let piece = 0; piece < 20; piece++) work.advance(1);
	work.end();
	expect(told).toEqual(["work", 0.1, 0.11, 0.12, "no work"]);
});

test("it never says more than all", () => {
	const { work, told, pass } = begun();
	pass();
	work.advance(3_000);
	expect(told).toEqual(["work", 0, 1]);
	const nothing = begun(0);
	nothing.work.advance(10);
	nothing.pass();
	expect(nothing.told).toEqual(["work", 0]);
});
