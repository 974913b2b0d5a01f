import type { Glitch } from "flitzis-looper";
import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { glitchText, noGlitches } from "./glitch-text.ts";

function statsAfter(latest: readonly Glitch[], frame: number): ReturnType<FakeEngine["stats"]> {
	const lostFrames = latest.reduce((sum, glitch) => sum + glitch.lostFrames, 0);
	return { ...new FakeEngine().stats(), frame, glitches: { count: latest.length, lostFrames, latest } };
}

test("a sound that never broke off says 0", () => {
	const { value, isAlarming } = glitchText(statsAfter([], 48_000), noGlitches);
	expect({ value, isAlarming }).toEqual({ value: "0", isAlarming: false });
});

test("one break tells how long it was and how long ago", () => {
	const stats = statsAfter([{ frame: 48_000, lostFrames: 1536 }], 48_000 + 12.9 * 48_000);
	expect(glitchText(stats, noGlitches)).toEqual({
		value: "1 · 12 s ago",
		sentence: "The sound broke off once, for 32 ms, 12 s ago.",
		isAlarming: true,
	});
});

test("several breaks are told in all, with the last one", () => {
	const breaks = [1, 2, 3].map((second) => ({ frame: second * 48_000, lostFrames: 480 }));
	expect(glitchText(statsAfter(breaks, 3.5 * 48_000), noGlitches)).toEqual({
		value: "3 · just now",
		sentence: "The sound broke off 3 times, for 30 ms in all, the last time just now.",
		isAlarming: true,
	});
});

test("a break of a minute ago does not alarm any more, and hours are told as hours", () => {
	const breaks = [{ frame: 0, lostFrames: 512 }];
	const after = (seconds: number) => glitchText(statsAfter(breaks, seconds * 48_000), noGlitches);
	expect(after(59)).toMatchObject({ value: "1 · 59 s ago", isAlarming: true });
	expect(after(60)).toMatchObject({ value: "1 · 1 min ago", isAlarming: false });
	expect(after(2 * 3600 + 1)).toMatchObject({ value: "1 · 2 h ago" });
});

test("what was forgotten is told no more, and a new break stands alone", () => {
	const breaks = [
		{ frame: 0, lostFrames: 4800 },
		{ frame: 480_000, lostFrames: 480 },
	];
	const old = glitchText(statsAfter(breaks.slice(0, 1), 48_000), { count: 1, lostFrames: 4800 });
	expect(old.value).toBe("0");
	const fresh = glitchText(statsAfter(breaks, 528_000), { count: 1, lostFrames: 4800 });
	expect(fresh.sentence).toBe("The sound broke off once, for 10 ms, just now.");
});
