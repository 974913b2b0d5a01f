import { expect, test } from "vitest";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import { NO_METADATA } from "../protocol/sample-metadata.ts";
import { ContentIndex, type ContentKeys } from "./content-index.ts";

function sampleAt(regionAddress: number): LoadedSample {
	const recorded = { format: "WAV", sampleRate: 48_000, channels: 2, frames: 10, metadata: NO_METADATA };
	const identity = { contentHash: "ab", fileBytes: 100, trimEncoderDelay: true, pcmChecksum: "cd" };
	const waveform = { framesPerPeak: 128, lows: Float32Array.of(0), highs: Float32Array.of(1) };
	return { regionAddress, frames: 10, channels: 2, edgeFrames: 0, peak: 1, waveform, warnings: [], identity, recorded };
}

/** A content without a fingerprint. */
function short(key: string): ContentKeys {
	return { key, fingerprintKey: null };
}

test("a content is found until its region is freed", () => {
	const contents = new ContentIndex();
	const [one, other] = [sampleAt(16), sampleAt(32)];
	contents.add(short("one"), one);
	contents.add(short("other"), other);
	expect([contents.find("one"), contents.find("other"), contents.find("none")]).toEqual([one, other, undefined]);
	contents.forget(16);
	expect([contents.find("one"), contents.find("other")]).toEqual([undefined, other]);
});

test("a region that is allocated again is known by its new content only", () => {
	const contents = new ContentIndex();
	contents.add(short("old"), sampleAt(16));
	contents.forget(16);
	contents.add(short("new"), sampleAt(16));
	expect([contents.find("old"), contents.find("new")]).toEqual([undefined, sampleAt(16)]);
});

test("of two regions with one content the newer is found, and the older one's end does not hide it", () => {
	const contents = new ContentIndex();
	contents.add(short("tune"), sampleAt(16));
	contents.add(short("tune"), sampleAt(32));
	expect(contents.find("tune")?.regionAddress).toBe(32);
	contents.forget(16);
	expect(contents.find("tune")?.regionAddress).toBe(32);
	contents.forget(32);
	expect(contents.find("tune")).toBeUndefined();
});

test("forgetting what was never there changes nothing", () => {
	const contents = new ContentIndex();
	contents.add(short("tune"), sampleAt(16));
	contents.forget(48);
	contents.forget(48);
	expect(contents.find("tune")?.regionAddress).toBe(16);
});

test("a fingerprint is known as long as any content with it lies in memory", () => {
	const contents = new ContentIndex();
	contents.add({ key: "one", fingerprintKey: "like" }, sampleAt(16));
	contents.add({ key: "other", fingerprintKey: "like" }, sampleAt(32));
	contents.add(short("third"), sampleAt(48));
	contents.forget(16);
	expect([contents.hasFingerprint("like"), contents.hasFingerprint("unlike")]).toEqual([true, false]);
	contents.forget(32);
	expect(contents.hasFingerprint("like")).toBe(false);
});
