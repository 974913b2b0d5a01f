import { expect, test } from "vitest";
import { playStates } from "../instrument/play-state.ts";
import { type PadSign, padSign, signWord } from "./pad-sign.ts";

test("every state has a sign of its own, and a playing pad that waits for its restart another one", () => {
	expect(playStates.map((_, state) => padSign(state, 0, null))).toEqual([...playStates]);
	expect(padSign(1, 2, null)).toBe("restarting");
	expect(padSign(3, 2, null)).toBe("stopping");
});

test("a pad is choked until it does something again", () => {
	expect(playStates.map((_, state) => padSign(state, 0, "choked"))).toEqual([
		"choked",
		"playing",
		"queued",
		"stopping",
		"paused",
	]);
});

test("an idle pad that refuses a press says so", () => {
	expect(padSign(0, 0, "refused")).toBe("refused");
	expect(padSign(1, 0, "refused")).toBe("playing");
});

test("signs differ in words, and an idle pad says nothing", () => {
	const signs: readonly PadSign[] = [
		"idle",
		"playing",
		"queued",
		"restarting",
		"stopping",
		"paused",
		"rolling",
		"choked",
		"refused",
	];
	expect(new Set(signs.map(signWord)).size).toBe(signs.length);
	expect(signWord("idle")).toBe("");
});
