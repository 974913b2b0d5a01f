import { setImmediate } from "node:timers/promises";
import type { AudioEngine } from "flitzis-looper";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine, pollAll, SAMPLE_RATE } from "./engine-harness.ts";
import { music, seededRandom, writeWave } from "./fixtures.ts";

const isEverySuite = process.env["EVERY_SUITE"] === "1";
const FILES = isEverySuite ? 1_000 : 50;
const VOICES = 32;
const BLOCK = 512;

/** A short sound of its own: some hits at its own tempo. */
function shortFile(seed: number): Uint8Array<ArrayBuffer> {
	const random = seededRandom(seed);
	const frames = Math.round(SAMPLE_RATE * (0.1 + 0.9 * random()));
	const period = Math.round(SAMPLE_RATE * (0.05 + 0.2 * random()));
	const samples = Float32Array.from({ length: frames }, (_, at) => (random() - 0.5) * Math.exp(-(at % period) / 1_000));
	return writeWave(samples, { coding: "s16", sampleRate: SAMPLE_RATE, channels: 1 });
}

/** Starts loops of different lengths on the first slots. */
async function play(engine: AudioEngine): Promise<void> {
	for (let slot = 0; slot < VOICES; slot++) {
		const length = 5_000 + 97 * slot;
		const samples = music(length, SAMPLE_RATE, 2, slot);
		await engine.loadSample(slot, writeWave(samples, { sampleRate: SAMPLE_RATE, channels: 2 }));
		engine.playSample(slot, 0.5, { loop: true, rate: 1 + slot / 100 });
	}
}

test(
	`${FILES} files are analysed while ${VOICES} voices play, each with one answer, and not a bit of the mix is another`,
	async () => {
		const options = { sampleSlots: 2 * VOICES, voices: VOICES, memoryBudget: 2 ** 28 };
		const engine = await offlineEngine({ ...options, analysis: "always" });
		const silent = await offlineEngine(options);
		await play(engine);
		await play(silent);
		const answers = new Map<number, number>();
		let started = 0;
		const load = (slot: number): void => {
			if (started === FILES) return;
			started += 1;
			answers.set(engine.loadSampleAsync(slot, shortFile(started)), 0);
		};
		for (let slot = VOICES; slot < 2 * VOICES; slot++) load(slot);
		let answered = 0;
		while (answered < FILES) {
			const event = engine.pollLoaderEvents();
			if (event?.type === "analysis") {
				answers.set(event.requestId, (answers.get(event.requestId) ?? Number.NaN) + 1);
				answered += 1;
				load(event.id);
			} else if (event === null) {
				const [heard, expected] = [engine.renderOffline(BLOCK), silent.renderOffline(BLOCK)];
				for (const channel of [0, 1] as const) expect(firstBitDifference(heard[channel], expected[channel])).toBeNull();
				await setImmediate();
			} else {
				expect(["started", "progress", "success"]).toContain(event.type);
			}
		}
		expect(pollAll(engine)).toEqual([]);
		expect(answers.size).toBe(FILES);
		expect([...answers.values()].every((count) => count === 1)).toBe(true);
		expect(engine.stats().activeVoices).toBe(VOICES);
	},
	isEverySuite ? 600_000 : 60_000,
);
