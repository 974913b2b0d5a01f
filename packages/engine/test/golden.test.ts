import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import * as entry from "flitzis-looper";
import { OfflineAudioContext } from "node-web-audio-api";
import { expect, test } from "vitest";
import { type GoldenFiles, goldenDigest, goldenDigestInContext } from "./golden/golden-performance.ts";

const folder = new URL("golden/", import.meta.url);
const digest = readFileSync(new URL("digest.txt", folder), "utf8").trim();
const files: GoldenFiles = {
	text: readFileSync(new URL("performance.json", folder), "utf8"),
	fileOf: async (name) => Uint8Array.from(await readFile(new URL(name, folder))),
};

test.each([1, 100, 128, 2048])("the golden performance has its digest in blocks of %i frames", async (blockFrames) => {
	expect(await goldenDigest(entry, files, { blockFrames })).toBe(digest);
});

test("the golden performance has its digest through the worklet in Node's OfflineAudioContext", async () => {
	expect(await goldenDigestInContext(entry, files, (options) => new OfflineAudioContext(options))).toBe(digest);
});

test("the golden performance begins in mid-sound, with voices of replaced samples, a fade and a moving gain, and has every command", () => {
	const { preRollFrames, commands } = entry.parsePerformance(files.text);
	const preRoll = commands.filter(({ frame }) => frame < preRollFrames).map(({ type }) => type);
	expect(preRoll).toEqual(expect.arrayContaining(["play", "load", "stop", "gain"]));
	const types = new Set(commands.map(({ type }) => type));
	expect([...types].toSorted()).toEqual(["gain", "load", "play", "stop", "stopAll", "unload"]);
	expect(commands.some((command) => command.type === "gain" && command.decibels < -240)).toBe(true);
	expect(commands.some((command) => command.type === "play" && command.velocity === 2 ** -41)).toBe(true);
});
