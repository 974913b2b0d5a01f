import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { contentHashes, type PerformanceSample } from "flitzis-looper";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../engine/test/engine-harness.ts";
import { findSamples, type SearchPlaces } from "./sample-search.ts";

/** Long enough for a platform-dependent content hash. */
const LONG_BYTES = 16 * 2 ** 20 + 5;

async function sampleOf(path: string, bytes: Uint8Array, name: string): Promise<PerformanceSample> {
	writeFileSync(path, bytes);
	const contentHash = (await contentHashes(path)).at(-1)!;
	const decoded = { format: "WAV", frames: 1, channels: 1, pcmChecksum: "0".repeat(16) } as const;
	return { name, contentHash, fileBytes: bytes.length, trimEncoderDelay: true, ...decoded };
}

function places(performanceFolder: string, folders: readonly string[] = []): SearchPlaces {
	return { performanceFolder, folders, signal: new AbortController().signal };
}

test("a sample is found at its recorded name: by path, next to the performance, by file URL", async () => {
	const folder = temporaryFolder();
	const path = join(folder, "a b.wav");
	for (const name of [path, "a b.wav", pathToFileURL(path).href]) {
		const sample = await sampleOf(path, Uint8Array.of(1, 2, 3), name);
		const { paths, missing } = await findSamples([sample], places(folder));
		expect([[...paths.values()], missing]).toEqual([[path], []]);
	}
});

test("a long sample is found by a browser's content hash", async () => {
	const folder = temporaryFolder();
	const deep = join(folder, "one", "two");
	mkdirSync(deep, { recursive: true });
	const sample = await sampleOf(join(deep, "x"), new Uint8Array(LONG_BYTES).fill(7), "http://localhost/song.wav");
	const { paths } = await findSamples([sample], places(folder, [folder]));
	expect(paths.get(sample.contentHash)).toBe(join(deep, "x"));
});

test("other content of the same length does not match", async () => {
	const folder = temporaryFolder();
	const sample = await sampleOf(join(folder, "gone"), Uint8Array.of(1, 2, 3), "C:\\sounds\\kick.wav");
	writeFileSync(join(folder, "gone"), Uint8Array.of(1, 2, 4));
	writeFileSync(join(folder, "kick.wav"), "longer");
	const { paths, missing } = await findSamples([sample], places(folder, [folder, join(folder, "no such folder")]));
	expect([paths.size, missing]).toEqual([0, [{ sample, namesake: join(folder, "kick.wav") }]]);
});

test("a folder that links to itself does not loop the search", async () => {
	const folder = temporaryFolder();
	const sample = await sampleOf(join(folder, "z"), Uint8Array.of(9), "z");
	symlinkSync(folder, join(folder, "again"));
	const { missing } = await findSamples([{ ...sample, contentHash: "0".repeat(64) }], places(folder, [folder]));
	expect(missing).toHaveLength(1);
});

test("a signal ends the search", async () => {
	const folder = temporaryFolder();
	const sample = await sampleOf(join(folder, "z"), Uint8Array.of(9), "y");
	const search = { ...places(folder, [folder]), signal: AbortSignal.abort(new Error("enough")) };
	await expect(findSamples([sample], search)).rejects.toThrow("enough");
});
