import * as entry from "flitzis-looper";
import { expect, test } from "vitest";
import type { PerformanceCommand } from "../src/performance/performance.ts";
import { padParameterNames, sharedParameterNames } from "../src/playback/parameter-table.ts";
import { digest, files } from "./golden/golden-files.ts";
import { goldenDigest } from "./golden/golden-performance.ts";

const everyType: Readonly<Record<PerformanceCommand["type"], true>> = {
	play: true,
	stopVoice: true,
	voiceGain: true,
	stop: true,
	stopAll: true,
	load: true,
	unload: true,
	press: true,
	release: true,
	stopPad: true,
	cancelQueued: true,
	pause: true,
	resume: true,
	seek: true,
	roll: true,
	endRoll: true,
	transportStart: true,
	transportStop: true,
	transportMove: true,
	transportNudge: true,
	set: true,
	slices: true,
};

test.each([1, 100, 128, 2048])("the golden performance has its digest in blocks of %i frames", async (blockFrames) => {
	expect(await goldenDigest(entry, files, { blockFrames })).toBe(digest);
});

test("the golden performance begins in mid-sound, with voices of replaced samples, a fade and a gain ramp, and has every command", () => {
	const { preRollFrames, commands } = entry.parsePerformance(files.text);
	const preRoll = commands.filter(({ frame }) => frame < preRollFrames).map(({ type }) => type);
	expect(preRoll).toEqual(expect.arrayContaining(["play", "load", "stop", "set", "press"]));
	const types = commands.map(({ type }) => type);
	expect(new Set(types)).toEqual(new Set(Object.keys(everyType)));
	const parameters = commands.map((command) => (command.type === "set" ? command.parameter : ""));
	expect(new Set(parameters)).toEqual(new Set(["", ...padParameterNames, ...sharedParameterNames]));
	expect(commands.some((command) => command.type === "set" && command.value === -240.824)).toBe(true);
	expect(commands.some((command) => command.type === "play" && command.velocity === 2 ** -41)).toBe(true);
	for (const field of ["gain", "pan", "rate", "offset", "fadeInFrames"]) {
		expect(commands.some((command) => command.type === "play" && field in command)).toBe(true);
	}
});
