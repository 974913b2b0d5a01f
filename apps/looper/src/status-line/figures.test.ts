import type { EngineStats } from "flitzis-looper";
import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { type Figure, figuresOf } from "./figures.ts";

function valuesOf(stats: Partial<EngineStats>): Partial<Record<Figure["name"], string>> {
	const figures = figuresOf({ ...new FakeEngine().stats(), state: "running", ...stats }, 32);
	return Object.fromEntries(figures.map(({ name, value }) => [name, value]));
}

function alarmsOf(stats: Partial<EngineStats>): readonly string[] {
	return figuresOf({ ...new FakeEngine().stats(), ...stats }, 32)
		.filter(({ isAlarming }) => isAlarming)
		.map(({ name }) => name);
}

test("a running engine shows rate, latency, voices and memory", () => {
	const stats = { sampleRate: 44_100, outputLatencySec: 0.0213, activeVoices: 3, pcmBytes: 44_564_480 };
	expect(valuesOf(stats)).toEqual({
		Rate: "44.1 kHz",
		Latency: "21.3 ms",
		Voices: "3/32",
		Memory: "43 MiB",
	});
});

test("unknown figures are dashes", () => {
	expect(valuesOf({ state: "idle" })).toMatchObject({ Rate: "–", Latency: "–" });
});

test("memory is written in mebibytes, and in gibibytes from 1 GiB on", () => {
	expect([0, 1_572_864, 2 ** 30].map((pcmBytes) => valuesOf({ pcmBytes }).Memory)).toEqual([
		"0.0 MiB",
		"1.5 MiB",
		"1.00 GiB",
	]);
});

test("the alarm is on while every voice sounds", () => {
	expect(alarmsOf({ activeVoices: 31 })).toEqual([]);
	expect(alarmsOf({ activeVoices: 32 })).toEqual(["Voices"]);
});
