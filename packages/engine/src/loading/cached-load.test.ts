import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/engine-harness.ts";
import { firstDifference, noise } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { PcmCache } from "../cache/pcm-cache.ts";
import { directoryStore } from "../cache/pcm-store.node.ts";
import type { NewEntry, PcmStore } from "../cache/pcm-store.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import { NO_METADATA } from "../protocol/sample-metadata.ts";
import { seamFrames } from "../protocol/seam.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import { Cancellation } from "../source/cancellation.ts";
import { type CacheTools, isWorthKeeping, keepInCache, readFromCache } from "./cached-load.ts";
import { PcmCleaner } from "./pcm-cleaner.ts";
import { PcmRecord } from "./pcm-record.ts";
import { SharedPcm } from "./pcm-target.ts";
import { ProgressReporter } from "./progress-reporter.ts";

/** More than two pieces, and no whole number of them. */
const FRAMES = 300_001;
const EDGE_FRAMES = 134;
const SEAM_FRAMES = seamFrames(FRAMES, EDGE_FRAMES);
const REGION_BYTES = (FRAMES + 2 * GUARD_FRAMES + SEAM_FRAMES) * 8;
const key = {
	contentHash: "ab".repeat(32),
	fingerprint: null,
	fileBytes: 1_000,
	engineSampleRate: 48_000,
	trimEncoderDelay: true,
};
const pcm = noise(FRAMES, 2, { seed: 3 });
const edges = noise(SEAM_FRAMES, 2, { seed: 4 });
const metadata = { ...NO_METADATA, cuePoints: [{ frame: 275_626, label: "Ende" }], tempo: 97.5, rootKey: 60.5 };
const sample: LoadedSample = {
	regionAddress: 0,
	frames: FRAMES,
	channels: 2,
	edgeFrames: EDGE_FRAMES,
	peak: pcm.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0),
	warnings: ["something"],
	identity: {
		contentHash: key.contentHash,
		fileBytes: key.fileBytes,
		trimEncoderDelay: true,
		pcmChecksum: checksumOf(pcm),
	},
	waveform: recordOf(pcm).waveform.build(),
	recorded: { format: "MP3", sampleRate: 44_100, channels: 2, frames: 275_626, metadata },
};

function recordOf(samples: Float32Array): PcmRecord {
	const record = new PcmRecord(2);
	new PcmCleaner(loaderModule).clean(samples, new Float32Array(samples.length), record);
	return record;
}

function checksumOf(samples: Float32Array): string {
	return recordOf(samples).checksum.digest();
}

/** Two regions: one that holds the sample, and one to read it into. */
function tools(
	store: PcmStore,
	onReport: (percent: number, stage: string, cancellation: Cancellation) => void = () => {},
) {
	const memory = new WebAssembly.Memory({ initial: Math.ceil((2 * REGION_BYTES) / 65_536) });
	frames(memory, 0).set(pcm);
	edgesIn(memory, 0).set(edges);
	const cancellation = new Cancellation();
	const allocated: number[] = [];
	let now = 0;
	// Every look at the clock is a second later, so that everything is reported.
	const clock = { now: () => (now += 1_000), turn: () => Promise.resolve() };
	const cache = new PcmCache(store, 100_000_000, loaderModule);
	const made: CacheTools & { cache: PcmCache } = {
		pcm: new SharedPcm(memory),
		cancellation,
		cache,
		cleaner: new PcmCleaner(loaderModule),
		progress: new ProgressReporter((percent, stage) => onReport(percent, stage, cancellation), clock, cancellation),
		regions: {
			reserve(bytes) {
				expect(bytes).toBe(REGION_BYTES);
				allocated.push(REGION_BYTES);
				return Promise.resolve(REGION_BYTES);
			},
			release: (address) => void allocated.splice(allocated.indexOf(address), 1),
		},
	};
	return { tools: made, memory, allocated };
}

function frames(memory: WebAssembly.Memory, regionAddress: number): Float32Array {
	return new Float32Array(memory.buffer, regionAddress + GUARD_FRAMES * 8, FRAMES * 2);
}

function edgesIn(memory: WebAssembly.Memory, regionAddress: number): Float32Array {
	return new Float32Array(memory.buffer, regionAddress + (FRAMES + 2 * GUARD_FRAMES) * 8, SEAM_FRAMES * 2);
}

/** A store whose entries behave differently while they are written. */
function withEntries(store: PcmStore, change: (entry: NewEntry) => NewEntry): PcmStore {
	return {
		...store,
		async create(name) {
			const entry = await store.create(name);
			return entry === null ? null : change(entry);
		},
	};
}

test("what is kept is read into a region of its own, and progress rises all the while", async () => {
	const store = directoryStore(temporaryFolder());
	await keepInCache(key, sample, tools(store).tools);
	const reports: [stage: string, percent: number][] = [];
	const reading = tools(store, (percent, stage) => reports.push([stage, percent]));
	expect(await readFromCache(key, false, reading.tools)).toEqual({ ...sample, regionAddress: REGION_BYTES });
	expect(firstDifference(frames(reading.memory, REGION_BYTES), pcm)).toBeNull();
	expect(firstDifference(edgesIn(reading.memory, REGION_BYTES), edges)).toBeNull();
	expect(reading.allocated).toEqual([REGION_BYTES]);
	const percents = reports.map(([, percent]) => percent);
	expect(percents).toEqual(percents.toSorted((one, other) => one - other));
	expect(reports.map(([stage]) => stage)).toEqual([
		...Array.from({ length: 3 }, () => "Loading (reading)"),
		"Loading (publishing)",
	]);
	expect(reading.tools.cache.takeCounts()).toEqual({ hits: 1, failures: 0 });
});

test("a strict load leaves a sample with warnings where it is", async () => {
	const store = directoryStore(temporaryFolder());
	const { tools: both, allocated } = tools(store);
	await keepInCache(key, sample, both);
	expect(await readFromCache(key, true, both)).toBeNull();
	expect(allocated).toEqual([]);
	expect(await readFromCache(key, false, both)).not.toBeNull();
});

test("a disk that is full in the middle leaves nothing behind and fails no load", async () => {
	const directory = temporaryFolder();
	let room = 1_500_000;
	const store = withEntries(directoryStore(directory), (entry) => ({
		...entry,
		append(bytes) {
			room -= bytes.length;
			if (room < 0) throw new Error("no space left");
			entry.append(bytes);
		},
	}));
	const keeping = tools(store);
	await keepInCache(key, sample, keeping.tools);
	expect(readdirSync(directory)).toEqual([]);
	expect(keeping.tools.cache.takeCounts()).toEqual({ hits: 0, failures: 1 });
	room = 0;
	await keepInCache(key, sample, keeping.tools);
	expect(readdirSync(directory)).toEqual([]);
});

test("an entry that cannot get its name leaves nothing behind and fails no load", async () => {
	const directory = temporaryFolder();
	const store = withEntries(directoryStore(directory), (entry) => ({
		...entry,
		finish: () => Promise.reject(new Error("not permitted")),
	}));
	const keeping = tools(store);
	await keepInCache(key, sample, keeping.tools);
	expect(readdirSync(directory)).toEqual([]);
	expect(keeping.tools.cache.takeCounts()).toEqual({ hits: 0, failures: 1 });
});

test("cancelling ends keeping and reading at once, leaves no half entry and gives the region back", async () => {
	const directory = temporaryFolder();
	const store = directoryStore(directory);
	const keeping = tools(store, (_percent, _stage, cancellation) => cancellation.cancel());
	await expect(keepInCache(key, sample, keeping.tools)).rejects.toMatchObject({ code: "cancelled" });
	expect(readdirSync(directory)).toEqual([]);
	await keepInCache(key, sample, tools(store).tools);
	const reading = tools(store, (_percent, _stage, cancellation) => cancellation.cancel());
	await expect(readFromCache(key, false, reading.tools)).rejects.toMatchObject({ code: "cancelled" });
	expect(reading.allocated).toEqual([]);
	expect(readdirSync(directory)).toHaveLength(1);
});

test("without a cache nothing is found and nothing kept", async () => {
	const { tools: without } = tools(directoryStore(temporaryFolder()));
	expect(await readFromCache(key, false, { ...without, cache: null })).toBeNull();
	expect(await keepInCache(key, sample, { ...without, cache: null })).toBeUndefined();
});

test("what is packed or resampled is worth keeping, the frames of a plain file are not", () => {
	const pcmBytes = FRAMES * 8;
	expect(isWorthKeeping(sample, 48_000, pcmBytes)).toBe(true);
	expect(isWorthKeeping(sample, 44_100, pcmBytes / 2)).toBe(false);
	expect(isWorthKeeping(sample, 44_100, pcmBytes / 2 - 1)).toBe(true);
});
