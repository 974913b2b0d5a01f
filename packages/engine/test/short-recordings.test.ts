import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import { AudioEngine, LooperError, type SampleInfo } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { SAMPLE_RATE } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";
import { partsOf } from "./parts-of.ts";
import { type EncodedFile, encodeShortFiles, shortWriters } from "./short-files.ts";

const SEED = 0x5e0_0fe;
const RUNS = 150;
const SLOTS = 4;
const HANDLES = 1024;
const PATIENCE_TURNS = 200_000;
const ENGINE_RATES = [8_000, 48_000, 192_000];
const encoded = encodeShortFiles();

async function startEngine(sampleRate: number): Promise<AudioEngine> {
	const engine = new AudioEngine({ output: "offline", sampleRate, sampleSlots: SLOTS, loaderThreads: 2 });
	onTestFinished(() => engine.shutDown());
	await engine.run();
	return engine;
}

interface Load {
	readonly slot: number;
	readonly what:
		| { readonly writer: string; readonly frames: number; readonly sampleRate: number; readonly channels: 1 | 2 }
		| EncodedFile;
	/** The next action. */
	readonly next: "wait" | "cancel" | "unload" | "play" | "render" | "nothing";
}

const written = fc.record({
	writer: fc.constantFrom(...shortWriters.keys()),
	frames: fc.nat(4),
	sampleRate: fc.oneof(
		fc.integer({ min: 8_000, max: 655_350 }),
		fc.constantFrom(8_000, 44_100, 48_000, 96_000, 192_000, 384_000, 768_000),
	),
	channels: fc.constantFrom(1 as const, 2 as const),
});
const loads: fc.Arbitrary<Load[]> = fc.array(
	fc.record({
		slot: fc.nat(SLOTS - 1),
		what: fc.oneof({ weight: 4, arbitrary: written }, { weight: 1, arbitrary: fc.constantFrom(...encoded) }),
		next: fc.constantFrom("wait", "wait", "cancel", "unload", "play", "render", "nothing"),
	}),
	{ minLength: 1, maxLength: 12 },
);

/** The frames of a load, or its error code. */
async function outcomeOf(loading: Promise<SampleInfo>): Promise<number | string> {
	try {
		return (await loading).frames;
	} catch (error) {
		if (error instanceof LooperError) return error.code;
		throw error;
	}
}

/** The expected outcome of a load. */
function expectedOf(frames: number, sampleRate: number, engineSampleRate: number): number | string {
	if (frames === 0) return "malformed-audio";
	return Math.max(1, Math.round((frames * engineSampleRate) / sampleRate));
}

test("recordings of 0 to 4 frames, in every format and at every rate, leak neither memory nor handles", async () => {
	const engines = await Promise.all(ENGINE_RATES.map(startEngine));
	const outcomes = new Set<string>();
	let seed = 0;
	const run = async (engine: AudioEngine, script: readonly Load[]): Promise<void> => {
		const { sampleRate: engineSampleRate } = engine.stats();
		const ends: { name: string; expected: number | string; outcome: Promise<number | string> }[] = [];
		for (const { slot, what, next } of script) {
			seed += 1;
			// FLAC's header has less than 20 bits for the rate.
			const sampleRate =
				"writer" in what && what.writer === "FLAC" ? Math.min(what.sampleRate, 655_350) : what.sampleRate;
			const bytes = "writer" in what ? shortWriters.get(what.writer)!({ ...what, sampleRate, seed }) : what.bytes;
			const expected = expectedOf(what.frames, sampleRate, engineSampleRate);
			const name = "writer" in what ? what.writer : what.name;
			const outcome = outcomeOf(engine.loadSample(slot, bytes));
			ends.push({ name, expected, outcome });
			if (next === "wait") await outcome;
			else if (next === "cancel") engine.cancelLoad(slot);
			else if (next === "unload") engine.unloadSample(slot);
			else if (next === "play") engine.playSample(slot, 1, { loop: seed % 2 === 0 });
			else if (next === "render") engine.renderOffline(1 + (seed % 200));
		}
		for (const { name, expected, outcome } of ends) {
			const actual = await outcome;
			// The content of a padded frame is up to the encoder.
			if (name === "MP3" && typeof actual === "number") expect(actual).toBeGreaterThanOrEqual(Number(expected));
			else if (actual !== "cancelled") expect([name, actual]).toEqual([name, expected]);
			outcomes.add(typeof actual === "number" ? name : actual);
		}
		for (let slot = 0; slot < SLOTS; slot++) {
			const info = engine.sampleInfo(slot);
			expect(info === null || info.frames > 0).toBe(true);
			engine.unloadSample(slot);
		}
		// As long as the release of a loop that sounds.
		engine.renderOffline(engineSampleRate / 100);
		// A cancelled load keeps its region until its thread has confirmed.
		for (let turn = 0; turn < PATIENCE_TURNS && engine.stats().pcmBytes > 0; turn++) await setImmediate();
		expect([engine.stats().pcmBytes, partsOf(engine).samples.freeHandles]).toEqual([0, HANDLES]);
	};
	await fc.assert(fc.asyncProperty(fc.constantFrom(...engines), loads, run), {
		seed: SEED,
		numRuns: RUNS,
		endOnFailure: true,
	});
	const kinds = [...shortWriters.keys(), ...new Set(encoded.map(({ name }) => name))];
	expect([...outcomes].toSorted()).toEqual([...kinds, "cancelled", "malformed-audio"].toSorted());
});

test.each([
	[1, 192_000],
	[2, 768_000],
	[1, 384_000],
	[1, 768_000],
])("%i frames of %i Hz become one frame, which replaces the slot's sample", async (frames, sampleRate) => {
	const engine = await startEngine(SAMPLE_RATE);
	const format = { coding: "f32", channels: 1 } as const;
	await engine.loadSample(0, writeWave(new Float32Array(4_800).fill(0.25), { ...format, sampleRate: SAMPLE_RATE }));
	const short = writeWave(new Float32Array(frames).fill(0.9), { ...format, sampleRate });
	const info = await engine.loadSample(0, short);
	expect(info).toMatchObject({ frames: 1, source: { frames }, warnings: [] });
	engine.playSample(0, 1);
	const [left] = engine.renderOffline(256);
	// A band-limited pulse with the energy of the frames, and nothing of the previous sample.
	const energy = (0.9 * frames * SAMPLE_RATE) / sampleRate;
	expect(Math.abs(left[0]! - energy)).toBeLessThan(0.1 * energy);
	expect(left.subarray(1).every((sample) => sample === 0)).toBe(true);
	expect(partsOf(engine).samples.freeHandles).toBe(HANDLES - 1);
});

test("1,100 samples shorter than a frame in one slot take no more memory or handles than one", async () => {
	const engine = await startEngine(SAMPLE_RATE);
	for (let count = 0; count < 1_100; count++) {
		const short = writeWave([count / 2_000], { coding: "f32", channels: 1, sampleRate: 192_000 });
		await engine.loadSample(1, short);
		if (count % 16 === 0) engine.renderOffline(128);
	}
	engine.renderOffline(1);
	expect([engine.stats().pcmBytes, partsOf(engine).samples.freeHandles]).toEqual([272, HANDLES - 1]);
	engine.unloadSample(1);
	engine.renderOffline(1);
	expect([engine.stats().pcmBytes, partsOf(engine).samples.freeHandles]).toEqual([0, HANDLES]);
});
