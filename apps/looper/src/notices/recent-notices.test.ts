import { expect, test } from "vitest";
import type { Notice } from "../instrument/notices.ts";
import { addNotice } from "./recent-notices.ts";

function notice(text: string): Notice {
	return { tone: "info", text };
}

test("the newest three notices stay", () => {
	const notices = ["a", "b", "c", "d"].map(notice).reduce(addNotice, [] as readonly Notice[]);
	expect(notices.map(({ text }) => text)).toEqual(["b", "c", "d"]);
});

test("a repeated sentence moves to the end instead of appearing twice", () => {
	const notices = ["a", "b", "a"].map(notice).reduce(addNotice, [] as readonly Notice[]);
	expect(notices.map(({ text }) => text)).toEqual(["b", "a"]);
});
