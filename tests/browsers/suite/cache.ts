import { drumBeat } from "../../../packages/engine/test/analysis-sounds.ts";
import { DECODED, FROM_CACHE, loadWithCache as load } from "./cached-load.ts";
import { claim, claimEqual } from "./claims.ts";
import { SAMPLE_RATE, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

const FOLDER = "flitzis-looper";
async function openFolder(): Promise<FileSystemDirectoryHandle> {
	const root = await navigator.storage.getDirectory();
	return await root.getDirectoryHandle(FOLDER, { create: true });
}

async function emptyCache(): Promise<void> {
	const root = await navigator.storage.getDirectory();
	await openFolder();
	await root.removeEntry(FOLDER, { recursive: true });
}

/** The cache's entries with their lengths, least recently used first. */
async function listEntries(): Promise<[name: string, bytes: number][]> {
	const entries: { name: string; bytes: number; usedAt: number }[] = [];
	for await (const [name, handle] of (await openFolder()).entries()) {
		if (!(handle instanceof FileSystemFileHandle)) continue;
		const { size, lastModified } = await handle.getFile();
		entries.push({ name, bytes: size, usedAt: lastModified });
	}
	return entries.toSorted((a, b) => a.usedAt - b.usedAt).map(({ name, bytes }) => [name, bytes]);
}

/** Changes one byte of the only entry, or truncates it there. */
async function damageEntry(byteOffset: number, isCut: boolean): Promise<void> {
	for await (const handle of (await openFolder()).values()) {
		if (!(handle instanceof FileSystemFileHandle)) continue;
		const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
		bytes[byteOffset] = (bytes[byteOffset] ?? 0) ^ 1;
		const writable = await handle.createWritable();
		await writable.write(isCut ? bytes.slice(0, byteOffset) : bytes);
		await writable.close();
	}
}

/** The cache in the origin private file system. */
export const cache: Suite = {
	"a sample decoded before is read from the private file system, equal to the bit": async (stage) => {
		await emptyCache();
		const { sound, ...decoded } = await load(stage, 1);
		claimEqual(decoded, { stages: DECODED, cacheHits: 0, cacheFailures: 0 }, "the first load");
		claimEqual(await load(stage, 1), { stages: FROM_CACHE, sound, cacheHits: 1, cacheFailures: 0 }, "the second load");
	},

	"a file of more than 16 MiB is noted under its fingerprint, and found by that and its hash": async (stage) => {
		await emptyCache();
		const frames = 2_200_000;
		const { sound, ...decoded } = await load(stage, 1, { frames });
		claimEqual(decoded, { stages: DECODED, cacheHits: 0, cacheFailures: 0 }, "the first load");
		claimEqual((await listEntries()).length, 2, "entry and note");
		const found = await load(stage, 1, { frames });
		claimEqual(found, { stages: FROM_CACHE, sound, cacheHits: 1, cacheFailures: 0 }, "the second load");
	},

	"a file with a damaged or truncated entry is decoded and cached again": async (stage) => {
		await emptyCache();
		const { sound } = await load(stage, 1);
		const [[, length] = ["", 0]] = await listEntries();
		for (const [byteOffset, isCut] of [
			[0, false],
			[length >> 1, false],
			[length - 1, false],
			[0, true],
			[length - 1, true],
		] as const) {
			await damageEntry(byteOffset, isCut);
			const { stages: _, ...outcome } = await load(stage, 1);
			claimEqual(outcome, { sound, cacheHits: 0, cacheFailures: 1 }, `damage at ${byteOffset}, cut: ${isCut}`);
			claimEqual(
				(await listEntries()).map(([, bytes]) => bytes),
				[length],
				"entries",
			);
		}
		claimEqual((await load(stage, 1)).stages, FROM_CACHE, "stages of the last load");
	},

	"a file whose entry is locked by another thread is decoded without a failure": async (stage) => {
		await emptyCache();
		const { sound } = await load(stage, 1);
		const holder = new Worker("/entry-holder.js", { type: "module" });
		stage.atEnd(() => holder.terminate());
		await new Promise<void>((resolve, reject) => {
			holder.addEventListener("message", () => resolve());
			holder.addEventListener("error", ({ message }) => reject(new Error(message)));
		});
		claimEqual(await load(stage, 1), { stages: DECODED, sound, cacheHits: 0, cacheFailures: 0 }, "the load");
	},

	"what an analysis has detected is read from the private file system, unless it is damaged": async (stage) => {
		await emptyCache();
		const analyze = async (): Promise<{ found: string; isDetected: boolean }> => {
			const engine = await stage.offlineEngine({ cache: true });
			await engine.loadSample(0, waveFile([drumBeat({ bpm: 125, beats: 8, sampleRate: SAMPLE_RATE }).samples]));
			let isDetected = false;
			const onProgress = (): void => {
				isDetected = true;
			};
			const { tempo, beats, key, loudness, onsetsSec } = await engine.pad(0).analyze({ onProgress });
			const found = [tempo?.bpm, beats?.lengthBeats, key?.tuningCents, loudness.lufs, ...onsetsSec].join();
			await engine.shutDown();
			return { found, isDetected };
		};
		const { found, isDetected } = await analyze();
		claim(isDetected, "the first session detects");
		claimEqual((await listEntries()).length, 1, "the analysis; frames of this file are as fast to read again");
		claimEqual(await analyze(), { found, isDetected: false }, "the second session");
		await damageEntry(100, false);
		claimEqual(await analyze(), { found, isDetected: true }, "after damage");
		claimEqual(await analyze(), { found, isDetected: false }, "kept again");
	},

	"the least recently used entry is evicted from a full cache": async (stage) => {
		await emptyCache();
		await load(stage, 1);
		const [[oldest, length] = ["", 0]] = await listEntries();
		await load(stage, 2);
		const second = (await listEntries()).map(([name]) => name).find((name) => name !== oldest);
		// The first is used again, so the second is evicted.
		claimEqual((await load(stage, 1)).cacheHits, 1, "hits of the first");
		claimEqual(
			(await listEntries()).map(([name]) => name),
			[second, oldest],
			"entries by their use",
		);
		await load(stage, 3, { cache: { maxBytes: Math.floor(2.5 * length) } });
		const left = (await listEntries()).map(([name]) => name);
		claim(left.length === 2 && left.includes(oldest), `left is ${left.join()}`);
	},
};
