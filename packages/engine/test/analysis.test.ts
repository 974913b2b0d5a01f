import { readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalyzerInput, LoaderEvent, SampleAnalysis } from "flitzis-looper";
import { expect, test } from "vitest";
import { drumBeat } from "./analysis-sounds.ts";
import { offlineEngine, pollAll, pollUntil, SAMPLE_RATE, temporaryFolder, turnsUntil } from "./engine-harness.ts";
import { ascii, concat, writeWave } from "./fixtures.ts";

function beatFile(bpm: number, beats = 8): Uint8Array<ArrayBuffer> {
	const { samples, sampleRate } = drumBeat({ bpm, beats, sampleRate: SAMPLE_RATE });
	return writeWave(samples, { coding: "s16", sampleRate, channels: 1 });
}

/** An ID3v2.3 tag with a key. */
function id3Key(key: string): Uint8Array {
	const body = concat([ascii("TKEY"), Uint8Array.of(0, 0, 0, key.length + 1, 0, 0, 0), ascii(key)]);
	return concat([ascii("ID3"), Uint8Array.of(3, 0, 0, 0, 0, 0, body.length), body]);
}

const isAnalysis = ({ type }: LoaderEvent): boolean => type === "analysis" || type === "analysis-error";
const brokenThread = new URL("./threads/crashing-analysis.node.mjs", import.meta.url);

test("a pad is analysed on demand, with progress, and the answer is kept", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, beatFile(125));
	const stages: string[] = [];
	const analysis = await engine.pad(0).analyze({ onProgress: ({ stage }) => void stages.push(stage) });
	expect(analysis.tempo?.bpm).toBeCloseTo(125, 2);
	expect(analysis.beats?.lengthBeats).toBe(8);
	expect(analysis.onsetsSec.length).toBeGreaterThanOrEqual(8);
	expect(new Set(stages)).toEqual(
		new Set(["onsets", "tempo", "beat grid", "key", "loudness"].map((stage) => `Analyzing (${stage})`)),
	);
	// The same frames on another pad.
	await engine.loadSample(5, beatFile(125));
	expect(await engine.pad(5).analyze()).toEqual(analysis);
	expect(pollAll(engine)).toEqual([]);
});

test("a file's name and its tags say tempo and key; the same frames under another name are not told so", async () => {
	const folder = temporaryFolder();
	const [named, plain] = [join(folder, "drums_62.5bpm_F#min.wav"), join(folder, "plain.wav")];
	for (const path of [named, plain]) writeFileSync(path, beatFile(125));
	const engine = await offlineEngine();
	await engine.loadSample(0, named);
	const byName = await engine.pad(0).analyze();
	expect(byName.tempo).toMatchObject({ origin: "name", confidence: 1 });
	expect(byName.tempo?.bpm).toBeCloseTo(62.5, 2);
	expect(byName.beats?.lengthBeats).toBe(4);
	expect(byName.key).toMatchObject({ tonic: "F#", mode: "minor", origin: "name" });
	await engine.loadSample(1, plain);
	const detected = await engine.pad(1).analyze();
	expect(detected.tempo?.origin).toBe("detected");
	expect(detected.beats?.lengthBeats).toBe(8);
	expect(detected.key?.origin).not.toBe("name");
	await engine.loadSample(2, concat([id3Key("8A"), beatFile(125)]));
	expect((await engine.pad(2).analyze()).key).toMatchObject({ tonic: "A", mode: "minor", origin: "file" });
});

test("with analysis: always every load with events is followed by its analysis", async () => {
	const engine = await offlineEngine({ analysis: "always" });
	const requestId = engine.loadSampleAsync(3, beatFile(100));
	const events = await pollUntil(engine, isAnalysis);
	const types = events.map(({ type }) => type);
	expect(types.indexOf("success")).toBeLessThan(types.indexOf("analysis"));
	expect(events.at(-1)).toMatchObject({ type: "analysis", id: 3, requestId, source: "bytes" });
	const analyzing = events.filter((event) => event.type === "progress" && event.stage.startsWith("Analyzing"));
	expect(analyzing.length).toBeGreaterThan(0);
});

test("the analysis of a sample that was replaced meanwhile is not told", async () => {
	const engine = await offlineEngine({ analysis: "always" });
	engine.loadSampleAsync(0, beatFile(100, 64));
	await pollUntil(engine, ({ type }) => type === "success");
	const requestId = engine.loadSampleAsync(0, beatFile(140));
	const events = await pollUntil(engine, isAnalysis);
	expect(events.at(-1)).toMatchObject({ type: "analysis", requestId });
	expect(events.filter(isAnalysis)).toHaveLength(1);
});

test("a sample that is unloaded meanwhile is analysed to its end, and its memory is free afterwards", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, beatFile(110, 32));
	const analyzing = engine.pad(0).analyze();
	engine.unloadSample(0);
	engine.renderOffline(128);
	expect((await analyzing).tempo?.bpm).toBeCloseTo(110, 2);
	await turnsUntil(() => engine.stats().pcmBytes === 0);
});

test("an empty pad, wrong options and an engine that is closed are refused", async () => {
	const engine = await offlineEngine();
	await expect(engine.pad(0).analyze()).rejects.toMatchObject({ code: "empty-pad" });
	expect(() => engine.pad(0).analyze({ onprogress: () => {} } as object)).toThrow(/no option onprogress.*onProgress/);
	expect(() => engine.pad(0).analyze({ onProgress: 1 as unknown as () => void })).toThrow(
		/onProgress must be a function/,
	);
	await engine.loadSample(0, beatFile(110, 64));
	const analyzing = engine.pad(0).analyze();
	const closing = engine.shutDown();
	await expect(analyzing).rejects.toMatchObject({ code: "closed" });
	await closing;
	await expect(engine.pad(0).analyze()).rejects.toMatchObject({ code: "closed" });
});

test("a thread that crashes ends the analysis, and the pad plays; others are tried on another thread", async () => {
	const engine = await offlineEngine({ assets: { analysisThread: brokenThread }, analysis: "always" });
	await engine.loadSample(0, beatFile(110));
	await expect(engine.pad(0).analyze()).rejects.toMatchObject({
		code: "worker-crashed",
		message: expect.stringMatching(/could not be analysed.*plays nevertheless/),
	});
	engine.loadSampleAsync(1, beatFile(120));
	const [ended] = (await pollUntil(engine, isAnalysis)).slice(-1);
	expect(ended).toMatchObject({ type: "analysis-error", id: 1, msg: expect.stringMatching(/plays nevertheless/) });
	engine.playSample(1, 1);
	expect(engine.renderOffline(4_800)[0].some((sample) => Math.abs(sample) > 0.1)).toBe(true);
});

test("many pads are analysed one after the other, each as if it were alone", async () => {
	const engine = await offlineEngine({ analysis: "always" });
	const tempos = [95, 100, 105, 110, 115, 120, 125, 130, 135, 140, 145, 150];
	for (const [id, bpm] of tempos.entries()) engine.loadSampleAsync(id, beatFile(bpm));
	const found = new Map<number, SampleAnalysis>();
	while (found.size < tempos.length) {
		const [event] = (await pollUntil(engine, isAnalysis)).slice(-1);
		if (event?.type === "analysis") found.set(event.id, event.analysis);
	}
	for (const [id, bpm] of tempos.entries()) expect(found.get(id)?.tempo?.bpm).toBeCloseTo(bpm, 2);
});

test.each([
	[{ analysis: "sometimes" }, /analysis/],
	[{ tempoRange: { from: 100, to: 150 } }, /less than an octave/],
	[{ tempoRange: { from: 10, to: 150 } }, /tempoRange\.from/],
	[{ tempoRange: { from: 80, too: 160 } }, /no option tempoRange\.too\. The nearest is tempoRange\.to/],
	[{ tempoRange: 120 }, /tempoRange/],
])("options %j are refused", async (options, message) => {
	await expect(offlineEngine(options as object)).rejects.toThrow(message);
});

test("an answer is kept beside decoded samples: the next session detects nothing, whatever the name", async () => {
	const directory = temporaryFolder();
	const named = join(temporaryFolder(), "break_250bpm.wav");
	writeFileSync(named, beatFile(125));
	const analysisOf = async (source: string | Uint8Array, options: object = {}) => {
		const engine = await offlineEngine({ cache: { directory }, ...options });
		await engine.loadSample(0, source);
		const stages: string[] = [];
		const analysis = await engine.pad(0).analyze({ onProgress: ({ stage }) => void stages.push(stage) });
		return { analysis, isDetected: stages.length > 0 };
	};
	const first = await analysisOf(named);
	expect(first).toMatchObject({ isDetected: true, analysis: { tempo: { origin: "name" } } });
	const second = await analysisOf(beatFile(125));
	expect(second).toMatchObject({ isDetected: false, analysis: { tempo: { origin: "detected" } } });
	expect(await analysisOf(named)).toEqual({ ...first, isDetected: false });
	expect((await analysisOf(named, { tempoRange: { from: 50, to: 100 } })).isDetected).toBe(true);
	expect((await analysisOf(beatFile(130))).isDetected).toBe(true);
	for (const name of readdirSync(directory)) truncateSync(join(directory, name), 20);
	expect(await analysisOf(beatFile(125))).toEqual({ ...second, isDetected: true });
	expect(await analysisOf(beatFile(125))).toEqual(second);
});

test("without a cache nothing is kept, and a folder that cannot be written to fails no analysis", async () => {
	const engine = await offlineEngine({ cache: { directory: "/dev/null/nowhere" } });
	await engine.loadSample(0, beatFile(125));
	expect((await engine.pad(0).analyze()).tempo?.bpm).toBeCloseTo(125, 2);
});

test("an application's analyzer gets the sample in mono, and its answer comes over the built-in one", async () => {
	const asked: AnalyzerInput[] = [];
	const key = { tonic: "D", mode: "minor", confidence: 0.8, origin: "detected", tuningCents: 0 } as const;
	const analyzer = async (input: AnalyzerInput): Promise<Partial<SampleAnalysis>> => {
		asked.push(input);
		return { key };
	};
	const engine = await offlineEngine({ analyzer });
	const beat = drumBeat({ bpm: 125, beats: 8, sampleRate: SAMPLE_RATE }).samples;
	const other = beat.map((sample) => -0.5 * sample);
	await engine.loadSample(0, { channels: [beat, other], sampleRate: SAMPLE_RATE });
	const stages: string[] = [];
	const analysis = await engine.pad(0).analyze({ onProgress: ({ stage }) => void stages.push(stage) });
	expect(analysis).toMatchObject({ key, beats: { lengthBeats: 8 } });
	expect(stages.at(-1)).toBe("Analyzing (analyzer)");
	const [input] = asked;
	expect(input).toMatchObject({ sampleRate: SAMPLE_RATE, durationSec: beat.length / SAMPLE_RATE });
	expect(input?.analysis.tempo?.bpm).toBeCloseTo(125, 2);
	expect(input?.pcm.length).toBe(beat.length);
	expect(input?.pcm.every((sample, at) => Math.abs(sample - 0.25 * beat[at]!) < 1e-6)).toBe(true);
	// Once for the same frames of the same name.
	await engine.pad(0).analyze();
	expect(asked).toHaveLength(1);
});

test("an error of the caller's progress ends no analysis", async () => {
	const thrown: unknown[] = [];
	const listeners = process.listeners("unhandledRejection");
	process.removeAllListeners("unhandledRejection");
	process.on("unhandledRejection", (error) => thrown.push(error));
	try {
		const analyzer = (): Promise<Partial<SampleAnalysis>> => Promise.resolve({});
		const engine = await offlineEngine({ analyzer });
		await engine.loadSample(0, beatFile(110));
		const onProgress = (): never => {
			throw new Error("of the caller");
		};
		expect((await engine.pad(0).analyze({ onProgress })).tempo?.bpm).toBeCloseTo(110, 2);
		await new Promise((resolve) => setImmediate(resolve));
		expect(thrown).toContainEqual(new Error("of the caller"));
	} finally {
		process.removeAllListeners("unhandledRejection");
		for (const listener of listeners) process.on("unhandledRejection", listener);
	}
});

test("what the file of a single sound states as its tempo is not taken", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, beatFile(110));
	engine.pad(0).set({ lengthBeats: 8, sync: "repitch" });
	await engine.loadSample(1, await engine.pad(0).exportWav());
	expect(engine.sampleInfo(1)?.source.metadata).toMatchObject({ isOneShot: true, beats: 8 });
	expect((await engine.pad(1).analyze()).tempo?.origin).not.toBe("file");
});

test("an analyzer that fails, or answers what is no analysis, ends in an error, and the pad plays", async () => {
	const answers = [() => Promise.reject(new Error("no model")), () => ({ tempo: { bpm: "fast" } }) as never];
	const analyzer = (): Promise<Partial<SampleAnalysis>> => Promise.resolve().then(answers.shift());
	const engine = await offlineEngine({ analyzer, analysis: "always" });
	engine.loadSampleAsync(0, beatFile(110));
	const [ended] = (await pollUntil(engine, isAnalysis)).slice(-1);
	expect(ended).toMatchObject({
		type: "analysis-error",
		code: "analysis-failed",
		msg: expect.stringMatching(/no model/),
	});
	await expect(engine.pad(0).analyze()).rejects.toMatchObject({
		code: "analysis-failed",
		message: expect.stringMatching(/tempo\.bpm must be a number/),
	});
	engine.playSample(0, 1);
	expect(engine.renderOffline(4_800)[0].some((sample) => Math.abs(sample) > 0.1)).toBe(true);
	await expect(offlineEngine({ analyzer: {} as never })).rejects.toThrow("analyzer must be a function");
});

test("an analyzer's signal aborts as soon as its sample is unloaded", async () => {
	const asked: AnalyzerInput[] = [];
	const analyzer = (input: AnalyzerInput): Promise<Partial<SampleAnalysis>> => {
		asked.push(input);
		return new Promise(() => {});
	};
	const engine = await offlineEngine({ analyzer, analysis: "always" });
	engine.loadSampleAsync(0, beatFile(110));
	await turnsUntil(() => asked.length > 0);
	expect(asked[0]?.signal.aborted).toBe(false);
	engine.unloadSample(0);
	await Promise.resolve();
	expect(asked[0]?.signal.aborted).toBe(true);
});
