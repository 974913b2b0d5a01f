import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/engine-harness.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { directoryStore } from "../cache/pcm-store.node.ts";
import type { PcmStore } from "../cache/pcm-store.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { KeptAnalyses } from "./kept-analyses.ts";

const analysis: SampleAnalysis = {
	tempo: { bpm: 97.5, confidence: 0.5, origin: "detected", alternatives: [195, 48.75], isConstant: true },
	beats: null,
	key: { tonic: "F#", mode: "minor", confidence: 0.25, origin: "detected", tuningCents: -12.5 },
	loudness: { lufs: null, truePeakDecibels: -0.1 },
	onsetsSec: [0, 1 / 3],
	isPercussive: true,
};
const key = { text: "0f 01 48000 88 175", durationSec: 1 };
const LIMIT = 100_000;

/** The entries of a folder that keeps one analysis. */
async function keptIn(directory: string): Promise<string> {
	await new KeptAnalyses(directoryStore(directory), LIMIT, loaderModule).keep(key, analysis);
	const [name = ""] = readdirSync(directory);
	return join(directory, name);
}

test("an answer is found again, to the bit, by its key alone", async () => {
	const directory = temporaryFolder();
	await keptIn(directory);
	const other = new KeptAnalyses(directoryStore(directory), LIMIT, loaderModule);
	expect(await other.find(key)).toEqual(analysis);
	expect(await other.find({ ...key, text: "0f 01 48000 80 160" })).toBeNull();
	expect(readdirSync(directory)).toHaveLength(1);
});

test("changed bytes and other lengths are noticed, and the entry removed", async () => {
	const directory = temporaryFolder();
	const path = await keptIn(directory);
	const whole = new Uint8Array(readFileSync(path));
	const kept = new KeptAnalyses(directoryStore(directory), LIMIT, loaderModule);
	const damaged = [
		...Array.from(whole, (byte, at) => whole.with(at, byte ^ 1)).filter((_, at) => at % 5 === 0),
		...Array.from(whole, (_, length) => whole.subarray(0, length)).filter((_, at) => at % 11 === 0),
		Uint8Array.of(...whole, 0),
	];
	for (const bytes of damaged) {
		writeFileSync(path, bytes);
		expect(await kept.find(key)).toBeNull();
		expect(readdirSync(directory)).toEqual([]);
	}
});

test("an intact entry under another key's name, or with what is no analysis, is not used", async () => {
	const directory = temporaryFolder();
	const path = await keptIn(directory);
	const kept = new KeptAnalyses(directoryStore(directory), LIMIT, loaderModule);
	const another = { ...key, text: "another" };
	await kept.keep(another, analysis);
	const other = readdirSync(directory).find((name) => !path.endsWith(name)) ?? "";
	writeFileSync(join(directory, other), readFileSync(path));
	expect(await kept.find(another)).toBeNull();
	await kept.keep(key, { ...analysis, onsetsSec: [5] });
	expect(await kept.find(key)).toBeNull();
	expect(await kept.find({ ...key, durationSec: 6 })).toBeNull();
});

test("entries stay within the limit; one that is larger is not kept", async () => {
	const directory = temporaryFolder();
	const kept = new KeptAnalyses(directoryStore(directory), 2_000, loaderModule);
	for (let index = 0; index < 20; index++) await kept.keep({ ...key, text: `${index}` }, analysis);
	expect(readdirSync(directory).length).toBeGreaterThan(1);
	expect(readdirSync(directory).length).toBeLessThan(6);
	expect(await kept.find({ ...key, text: "19" })).toEqual(analysis);
	const small = new KeptAnalyses(directoryStore(temporaryFolder()), 100, loaderModule);
	await small.keep(key, analysis);
	expect(await small.find(key)).toBeNull();
});

test("a store that fails keeps nothing, and nothing else fails", async () => {
	const refuse = (): never => {
		throw new Error("The disk is gone.");
	};
	const broken: Partial<PcmStore>[] = [
		{ open: refuse },
		{ create: refuse },
		{ list: refuse },
		{ capacityBytes: refuse },
		{ create: () => Promise.resolve(null) },
		{ create: async () => ({ append: refuse, finish: refuse, discard: () => Promise.resolve() }) },
		{ create: async () => ({ append: refuse, finish: refuse, discard: refuse }) },
	];
	for (const part of broken) {
		const kept = new KeptAnalyses({ ...directoryStore(temporaryFolder()), ...part }, LIMIT, loaderModule);
		await kept.keep(key, analysis);
		expect(await kept.find(key)).toBeNull();
	}
});
