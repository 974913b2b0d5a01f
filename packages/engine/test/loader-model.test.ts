import { join } from "node:path";
import * as fc from "fast-check";
import { AudioEngine, type SampleSource } from "flitzis-looper";
import { expect, test } from "vitest";
import { SAMPLE_RATE, temporaryFile, temporaryFolder } from "./engine-harness.ts";
import { ascii, concat, convertWithFfmpeg, music, writeLongWave, writeWave } from "./fixtures.ts";
import { LoaderModel, type ModelContent, type ModelFile } from "./loader-model.ts";

const SEED = 0x10ad_e400;
const RUNS = process.env["EVERY_SUITE"] === "1" ? 100 : 30;
const SLOTS = 4;
const GUARD_FRAMES = 32;
/** Edge frames of a loop resampled from 44.1 to 48 kHz. */
const EDGES_44_TO_48 = 2 * 134 + 33;

type Step =
	| { readonly do: "load"; readonly slot: number; readonly file: number; readonly isUrgent: boolean }
	| { readonly do: "cancel" | "abort" | "unload" | "play" | "wait"; readonly slot: number }
	| { readonly do: "render"; readonly frames: number }
	| { readonly do: "turns"; readonly count: number };

const slot = fc.nat(SLOTS - 1);
const steps = (fileCount: number): fc.Arbitrary<Step[]> =>
	fc.array(
		fc.oneof(
			{
				weight: 8,
				arbitrary: fc.record({ do: fc.constant("load"), slot, file: fc.nat(fileCount - 1), isUrgent: fc.boolean() }),
			},
			{ weight: 8, arbitrary: fc.record({ do: fc.constantFrom("cancel", "abort", "unload", "play", "play"), slot }) },
			{ weight: 4, arbitrary: fc.record({ do: fc.constant("wait"), slot }) },
			{ weight: 3, arbitrary: fc.record({ do: fc.constant("render"), frames: fc.integer({ min: 1, max: 700 }) }) },
			{ weight: 6, arbitrary: fc.record({ do: fc.constant("turns"), count: fc.integer({ min: 1, max: 400 }) }) },
		),
		{ minLength: 10, maxLength: 60 },
	);

/** Renders a file with its own engine. */
async function render(name: string, source: SampleSource, channels: 1 | 2): Promise<ModelContent> {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
	await engine.run();
	const info = await engine.loadSample(0, source);
	const { frames } = info;
	engine.playSample(0, 1);
	const heard = engine.renderOffline(frames);
	await engine.shutDown();
	const edges = info.source.sampleRate === SAMPLE_RATE ? 0 : EDGES_44_TO_48;
	const regionBytes = Math.ceil(((frames + GUARD_FRAMES + edges) * channels * 4) / 16) * 16;
	return { name, channels: heard, regionBytes };
}

async function files(): Promise<ModelFile[]> {
	const wave = (seed: number, frames: number, channels: 1 | 2, sampleRate = SAMPLE_RATE): Uint8Array<ArrayBuffer> =>
		writeWave(music(frames, sampleRate, channels, seed), { coding: "f32", sampleRate, channels });
	const long = (seed: number): Uint8Array<ArrayBuffer> =>
		writeLongWave(music(800, SAMPLE_RATE, 2, seed), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
	const short = wave(1, 900, 2);
	const mono = wave(2, 1_301, 1);
	const resampled = wave(3, 30_000, 2, 44_100);
	const flac = convertWithFfmpeg(wave(4, 5_000, 2), { from: "wav", to: "flac" });
	const good = async (name: string, channels: 1 | 2, sources: readonly SampleSource[]): Promise<ModelFile[]> => {
		const content = await render(name, sources[0]!, channels);
		return sources.map((source) => ({ name, source, content, failures: [] }));
	};
	const bad = (name: string, source: SampleSource, ...failures: readonly string[]): ModelFile => ({
		name,
		source,
		content: null,
		failures,
	});
	return [
		...(await good("short", 2, [short, temporaryFile("short.wav", short), new Blob([short])])),
		...(await good("mono", 1, [mono, temporaryFile("mono.mp3", mono)])),
		...(await good("resampled", 2, [resampled, new Blob([resampled])])),
		...(await good("flac", 2, [flac])),
		...(await good("long", 2, [temporaryFile("long.wav", long(6)), temporaryFile("copy.wav", long(6))])),
		...(await good("long, with the same fingerprint", 2, [temporaryFile("other.wav", long(7))])),
		bad("text", ascii("this is not audio, only a sentence that continues for a while"), "unsupported-format"),
		bad("cut", short.subarray(0, 30), "malformed-audio"),
		bad("missing", join(temporaryFolder(), "none.wav"), "file-not-found"),
		bad("crash", ascii("CRASH-NOW"), "worker-crashed"),
		bad("crash with a region", concat([wave(5, 700, 2), ascii("CRASH-ALLOCATED")]), "worker-crashed"),
	];
}

async function take(model: LoaderModel, step: Step, all: readonly ModelFile[]): Promise<void> {
	if (step.do === "load") model.load(step.slot, all[step.file]!, step.isUrgent);
	else if (step.do === "render") model.render(step.frames);
	else if (step.do === "turns") await model.turns(step.count);
	else if (step.do === "wait") await model.untilLoaded(step.slot);
	else model[step.do](step.slot);
}

test("loads, replacements, cancellations, unloads, aborts, crashes and plays in any order match the model", async () => {
	const all = await files();
	const outcomes = new Map<string, number>();
	const run = async (sequence: readonly Step[]): Promise<void> => {
		const engine = new AudioEngine({
			output: "offline",
			sampleRate: SAMPLE_RATE,
			sampleSlots: SLOTS,
			loaderThreads: 2,
			assets: { loaderThread: new URL("./threads/crashing-loader.node.mjs", import.meta.url) },
		});
		try {
			await engine.run();
			const model = new LoaderModel(engine, SLOTS);
			for (const step of sequence) await take(model, step, all);
			await model.finish();
			for (const [outcome, count] of model.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
		} finally {
			await engine.shutDown();
		}
	};
	await fc.assert(fc.asyncProperty(steps(all.length), run), {
		seed: SEED,
		numRuns: RUNS,
		endOnFailure: true,
	});
	// A model that never met an outcome has not tested it.
	const met = ["success", "cancelled", "unsupported-format", "malformed-audio", "file-not-found", "worker-crashed"];
	expect([...outcomes.keys()].toSorted((one, other) => one.localeCompare(other))).toEqual(
		met.toSorted((one, other) => one.localeCompare(other)),
	);
});
