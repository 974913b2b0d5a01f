import type { Dropout } from "flitzis-looper";
import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { dropoutText, noDropouts } from "./dropout-text.ts";

function statsAfter(latest: readonly Dropout[], frame: number): ReturnType<FakeEngine["stats"]> {
	const lostFrames = latest.reduce((sum, dropout) => sum + dropout.lostFrames, 0);
	return { ...new FakeEngine().stats(), frame, dropouts: { count: latest.length, lostFrames, latest } };
}

test("without dropouts the count is 0", () => {
	const { value, isAlarming } = dropoutText(statsAfter([], 48_000), noDropouts);
	expect({ value, isAlarming }).toEqual({ value: "0", isAlarming: false });
});

test("a single dropout is described with its length and its age", () => {
	const stats = statsAfter([{ frame: 48_000, lostFrames: 1536 }], 48_000 + 12.9 * 48_000);
	expect(dropoutText(stats, noDropouts)).toEqual({
		value: "1 · 12 s ago",
		sentence: "The sound dropped out once, for 32 ms, 12 s ago.",
		isAlarming: true,
	});
});

test("several dropouts are described with their total length and the age of the last one", () => {
	const dropouts = [1, 2, 3].map((second) => ({ frame: second * 48_000, lostFrames: 480 }));
	expect(dropoutText(statsAfter(dropouts, 3.5 * 48_000), noDropouts)).toEqual({
		value: "3 · just now",
		sentence: "The sound dropped out 3 times, for 30 ms in total, most recently just now.",
		isAlarming: true,
	});
});

test("a dropout stops alarming after a minute, and old ones are dated in hours", () => {
	const dropouts = [{ frame: 0, lostFrames: 512 }];
	const after = (seconds: number) => dropoutText(statsAfter(dropouts, seconds * 48_000), noDropouts);
	expect(after(59)).toMatchObject({ value: "1 · 59 s ago", isAlarming: true });
	expect(after(60)).toMatchObject({ value: "1 · 1 min ago", isAlarming: false });
	expect(after(2 * 3600 + 1)).toMatchObject({ value: "1 · 2 h ago" });
});

test("dropouts before a reset are left out", () => {
	const dropouts = [
		{ frame: 0, lostFrames: 4800 },
		{ frame: 480_000, lostFrames: 480 },
	];
	const old = dropoutText(statsAfter(dropouts.slice(0, 1), 48_000), { count: 1, lostFrames: 4800 });
	expect(old.value).toBe("0");
	const fresh = dropoutText(statsAfter(dropouts, 528_000), { count: 1, lostFrames: 4800 });
	expect(fresh.sentence).toBe("The sound dropped out once, for 10 ms, just now.");
});
