import { readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/engine-harness.ts";
import { noise } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { NO_METADATA } from "../protocol/sample-metadata.ts";
import { CHECKSUM_BYTES } from "./checksum.ts";
import { keptFrames } from "./entry-head.ts";
import { type EntryKey, entryName, noteName } from "./entry-name.ts";
import { PcmCache, type SampleDescription } from "./pcm-cache.ts";
import { directoryStore } from "./pcm-store.node.ts";

const sample: SampleDescription = {
	frames: 20,
	channels: 2,
	edgeFrames: 3,
	warnings: ["3 frames were missing at 0.5 s"],
	recorded: { format: "FLAC", sampleRate: 44_100, channels: 2, frames: 18, metadata: NO_METADATA },
};
/** The sample's own frames and its edges. */
const samples = noise(keptFrames(sample), 2, { seed: 1 });
const HEAD_BYTES = 724;
/** Length of the sample's entry. */
const ENTRY_BYTES = HEAD_BYTES + samples.byteLength + CHECKSUM_BYTES;

function keyOf(digit: number): EntryKey {
	return { contentHash: String(digit).repeat(64), engineSampleRate: 48_000, trimEncoderDelay: true };
}

async function keep(cache: PcmCache, key: EntryKey): Promise<void> {
	const keeper = await cache.create(key, sample);
	keeper?.append(new Uint8Array(samples.buffer, 0, 60));
	keeper?.append(new Uint8Array(samples.buffer, 60));
	await keeper?.finish();
}

/** @returns the frames and whether they are intact; null if there is no entry. */
async function read(cache: PcmCache, key: EntryKey): Promise<{ samples: Float32Array; isIntact: boolean } | null> {
	const kept = await cache.open(key);
	if (kept === null) return null;
	const pieces = [...kept.pieces()].flatMap((piece) => [...piece]);
	const isIntact = kept.isIntact();
	kept.close();
	return { samples: Float32Array.from(pieces), isIntact };
}

test("a cached sample is found by its key only, equal to the bit", async () => {
	const directory = temporaryFolder();
	await keep(new PcmCache(directoryStore(directory), 10_000, loaderModule), keyOf(1));
	const cache = new PcmCache(directoryStore(directory), 10_000, loaderModule);
	expect(await read(cache, keyOf(1))).toEqual({ samples, isIntact: true });
	const kept = await cache.open(keyOf(1));
	expect(kept?.description).toEqual({ name: entryName(keyOf(1)), ...sample });
	kept?.close();
	for (const key of [keyOf(2), { ...keyOf(1), engineSampleRate: 44_100 }, { ...keyOf(1), trimEncoderDelay: false }]) {
		expect(await read(cache, key)).toBeNull();
	}
	expect(cache.takeCounts()).toEqual({ hits: 0, failures: 0 });
});

test("any flipped bit and any truncation is detected", async () => {
	const directory = temporaryFolder();
	const cache = new PcmCache(directoryStore(directory), 10_000, loaderModule);
	const key = keyOf(1);
	const path = join(directory, entryName(key));
	await keep(cache, key);
	const whole = new Uint8Array(readFileSync(path));
	expect(whole).toHaveLength(ENTRY_BYTES);
	for (let offset = 0; offset < whole.length; offset++) {
		const changed = whole.slice();
		changed[offset] = (changed[offset] ?? 0) ^ (1 << (offset % 8));
		writeFileSync(path, changed);
		expect((await read(cache, key))?.isIntact ?? false, `byte ${offset} changed`).toBe(false);
		writeFileSync(path, whole);
		truncateSync(path, offset);
		expect(await read(cache, key), `cut at byte ${offset}`).toBeNull();
	}
	writeFileSync(path, whole);
	expect(await read(cache, key)).toEqual({ samples, isIntact: true });
});

test("an entry truncated while being read is detected", async () => {
	const directory = temporaryFolder();
	const frames = 300_000;
	const cache = new PcmCache(directoryStore(directory), 10_000_000, loaderModule);
	const keeper = await cache.create(keyOf(1), { ...sample, frames, edgeFrames: 0 });
	keeper?.append(new Uint8Array(frames * 8));
	await keeper?.finish();
	const kept = await cache.open(keyOf(1));
	truncateSync(join(directory, entryName(keyOf(1))), 1_500_000);
	let frameCount = 0;
	for (const piece of kept?.pieces() ?? []) frameCount += piece.length / 2;
	expect(frameCount).toBeLessThan(frames);
	expect(kept?.isIntact()).toBe(false);
	kept?.close();
});

test("an entry under another's name is rejected", async () => {
	const directory = temporaryFolder();
	const cache = new PcmCache(directoryStore(directory), 10_000, loaderModule);
	await keep(cache, keyOf(1));
	writeFileSync(join(directory, entryName(keyOf(2))), readFileSync(join(directory, entryName(keyOf(1)))));
	expect(await read(cache, keyOf(2))).toBeNull();
	expect(cache.takeCounts()).toEqual({ hits: 0, failures: 1 });
	expect(await readdir(directory)).toEqual([entryName(keyOf(1))]);
});

test("the least recently used entries are evicted above the limit, and foreign files stay", async () => {
	const directory = temporaryFolder();
	const cache = new PcmCache(directoryStore(directory), 4 * ENTRY_BYTES, loaderModule);
	writeFileSync(join(directory, "song.wav"), new Uint8Array(100_000));
	for (const digit of [1, 2, 3, 4]) {
		await keep(cache, keyOf(digit));
		utimesSync(join(directory, entryName(keyOf(digit))), digit, digit);
	}
	expect(await readdir(directory)).toHaveLength(5);
	const used = await cache.open(keyOf(1));
	used?.touch();
	used?.close();
	await keep(cache, keyOf(5));
	await keep(cache, keyOf(6));
	expect((await readdir(directory)).toSorted()).toEqual([
		...[1, 4, 5, 6].map((digit) => entryName(keyOf(digit))),
		"song.wav",
	]);
});

test("a sample larger than the whole cache is not cached", async () => {
	const store = directoryStore(temporaryFolder());
	expect(await new PcmCache(store, ENTRY_BYTES - 1, loaderModule).create(keyOf(1), sample)).toBeNull();
	const keeper = await new PcmCache(store, ENTRY_BYTES, loaderModule).create(keyOf(1), sample);
	expect(keeper).not.toBeNull();
	await keeper?.discard();
});

test("a store's capacity below the limit applies", async () => {
	const directory = temporaryFolder();
	const store = directoryStore(directory);
	const cache = new PcmCache({ ...store, capacityBytes: () => Promise.resolve(ENTRY_BYTES) }, 1_000_000, loaderModule);
	for (const digit of [1, 2, 3]) {
		await keep(cache, keyOf(digit));
		utimesSync(join(directory, entryName(keyOf(digit))), digit, digit);
	}
	expect(await readdir(directory)).toEqual([entryName(keyOf(3))]);
});

test("room freed in advance is used up before the entries are listed again", async () => {
	const store = directoryStore(temporaryFolder());
	let looks = 0;
	const list: typeof store.list = () => {
		looks += 1;
		return store.list();
	};
	// A step is a 64th of the limit: ten entries.
	const cache = new PcmCache({ ...store, list }, 64 * 10 * ENTRY_BYTES, loaderModule);
	cache.prepare();
	cache.prepare();
	for (let digit = 0; digit < 10; digit++) await keep(cache, keyOf(digit));
	const looksForFirstStep = looks;
	await keep(cache, { ...keyOf(1), engineSampleRate: 44_100 });
	expect([looksForFirstStep, looks]).toEqual([2, 3]);
	expect(await store.list()).toHaveLength(11);
});

test("a store that cannot be listed fails when a sample is cached, not before", async () => {
	const store = directoryStore(temporaryFolder());
	const cache = new PcmCache({ ...store, list: () => Promise.reject(new Error("no")) }, 100_000, loaderModule);
	cache.prepare();
	await expect(cache.create(keyOf(1), sample)).rejects.toThrow("no");
});

test("a note records under a fingerprint that a sample is cached, only for its rate and options", async () => {
	const directory = temporaryFolder();
	const cache = new PcmCache(directoryStore(directory), 10_000, loaderModule);
	const note = { fingerprint: "f".repeat(64), engineSampleRate: 48_000, trimEncoderDelay: true };
	expect(await cache.mayHave(note)).toBe(false);
	await keep(cache, keyOf(1));
	await cache.note(note, keyOf(1));
	expect(await cache.mayHave(note)).toBe(true);
	for (const other of [
		{ ...note, fingerprint: "e".repeat(64) },
		{ ...note, engineSampleRate: 44_100 },
		{ ...note, trimEncoderDelay: false },
	]) {
		expect(await cache.mayHave(other)).toBe(false);
	}
	expect(await read(cache, keyOf(1))).toEqual({ samples, isIntact: true });
	expect(cache.takeCounts()).toEqual({ hits: 0, failures: 0 });
});

test("a note without its sample, or an invalid note, is ignored", async () => {
	const directory = temporaryFolder();
	const cache = new PcmCache(directoryStore(directory), 10_000, loaderModule);
	const note = { fingerprint: "f".repeat(64), engineSampleRate: 48_000, trimEncoderDelay: true };
	await keep(cache, keyOf(1));
	await cache.note(note, keyOf(1));
	await cache.remove(keyOf(1));
	expect(await cache.mayHave(note)).toBe(false);
	await keep(cache, keyOf(1));
	expect(await cache.mayHave(note)).toBe(true);
	const path = join(directory, noteName(note));
	for (const damaged of ["", "../elsewhere", "x".repeat(78), "\u{1f3b5}".repeat(40)]) {
		writeFileSync(path, damaged);
		expect(await cache.mayHave(note)).toBe(false);
	}
});

test("notes are listed and evicted like samples, and using one refreshes it and its sample", async () => {
	const directory = temporaryFolder();
	const cache = new PcmCache(directoryStore(directory), 10_000, loaderModule);
	const note = { fingerprint: "f".repeat(64), engineSampleRate: 48_000, trimEncoderDelay: true };
	await keep(cache, keyOf(1));
	await cache.note(note, keyOf(1));
	utimesSync(join(directory, noteName(note)), 1_000, 1_000);
	const usedAt = async (): Promise<number | undefined> =>
		(await directoryStore(directory).list()).find(({ name }) => name === noteName(note))?.usedAt;
	expect(await usedAt()).toBe(1_000_000);
	await cache.mayHave(note);
	expect(await usedAt()).toBeGreaterThan(1_000_000);
});
