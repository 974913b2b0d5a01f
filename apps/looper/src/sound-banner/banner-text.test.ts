import { expect, test } from "vitest";
import { bannerText } from "./banner-text.ts";

test("an engine that starts or runs needs no banner", () => {
	expect(bannerText({ state: "idle", reason: null })).toBeNull();
	expect(bannerText({ state: "running", reason: null })).toBeNull();
});

test("a suspended engine asks for a gesture", () => {
	expect(bannerText({ state: "suspended", reason: null })).toEqual({
		tone: "call",
		text: "Tap or press any key to start sound",
		detail: null,
	});
});

test("an interruption is an alarm and keeps its reason", () => {
	const banner = bannerText({ state: "interrupted", reason: "The output device was removed" });
	expect(banner).toMatchObject({ tone: "alarm", detail: "The output device was removed" });
});

test("a change of device is told while sound goes on", () => {
	expect(bannerText({ state: "running", reason: "The output device changed" })).toEqual({
		tone: "info",
		text: "The output device changed",
		detail: null,
	});
});

test("an engine that has ended says what to do", () => {
	expect(bannerText({ state: "closed", reason: null })?.text).toContain("Reload the page");
});
