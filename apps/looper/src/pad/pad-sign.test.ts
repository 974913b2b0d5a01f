import { expect, test } from "vitest";
import { playStates } from "../instrument/play-state.ts";
import { type PadSign, padSign, signWord } from "./pad-sign.ts";

test("every state has a sign of its own, and a playing pad that waits for its restart another one", () => {
	expect(playStates.map((_, state) => padSign(state, 0, false))).toEqual([...playStates]);
	expect(padSign(1, 2, false)).toBe("restarting");
	expect(padSign(3, 2, false)).toBe("stopping");
});

test("a pad is choked until it does something again", () => {
	expect(playStates.map((_, state) => padSign(state, 0, true))).toEqual([
		"choked",
		"playing",
		"queued",
		"stopping",
		"paused",
	]);
});

test("signs differ in words, and an idle pad says nothing", () => {
	const signs: readonly PadSign[] = ["idle", "playing", "queued", "restarting", "stopping", "paused", "choked"];
	expect(new Set(signs.map(signWord)).size).toBe(signs.length);
	expect(signWord("idle")).toBe("");
});
