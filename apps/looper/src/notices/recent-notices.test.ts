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

test("what waits for consent stays while others go", () => {
	const offer: Notice = { ...notice("offer"), action: { label: "Update", run: () => {} } };
	const notices = [offer, ...["a", "b", "c"].map(notice)].reduce(addNotice, [] as readonly Notice[]);
	expect(notices.map(({ text }) => text)).toEqual(["offer", "b", "c"]);
	const offers = ["1", "2", "3", "4"].map((text) => ({ ...offer, text }));
	expect(offers.reduce(addNotice, [] as readonly Notice[]).map(({ text }) => text)).toEqual(["2", "3", "4"]);
});

test("what is being done stays while others go", () => {
	const busy: Notice = { ...notice("busy"), isLasting: true };
	const notices = [busy, ...["a", "b", "c"].map(notice)].reduce(addNotice, [] as readonly Notice[]);
	expect(notices.map(({ text }) => text)).toEqual(["busy", "b", "c"]);
});

test("a repeated sentence moves to the end instead of appearing twice", () => {
	const notices = ["a", "b", "a"].map(notice).reduce(addNotice, [] as readonly Notice[]);
	expect(notices.map(({ text }) => text)).toEqual(["b", "a"]);
});
