import type { AudioEngine } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import type { Command } from "../../kernel/test/kernel-host.ts";
import { smoothRecordings } from "../../kernel/test/smooth-recordings.ts";
import { StepBound, StepDetector } from "../../kernel/test/step-bound.ts";
import { PAD_LOOP } from "../src/protocol/parameters.ts";
import { OVERFLOW_DROP_NEWEST, OVERFLOW_REPLACE_OLDEST } from "../src/protocol/shared-memory.ts";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { seededRandom, writeWave } from "./fixtures.ts";

const SLOTS = 4;
const files = smoothRecordings.map(({ samples, channels }) =>
	writeWave(samples, { coding: "f32", sampleRate: SAMPLE_RATE, channels }),
);

/** An engine without a device, its streams, and a model of the rules, which all get the same commands. */
class PlayedPerformance {
	readonly engine: AudioEngine;
	readonly #stream: AudioStreamHandle;
	readonly #bound: StepBound;
	readonly #detector: StepDetector;
	readonly #random: () => number;
	#loads = 0;

	constructor(engine: AudioEngine, rules: { voices: number; overflow: number; fadeFrames: number }, seed: number) {
		this.engine = engine;
		this.#stream = AudioStreamHandle.open(engine.createStreamHandle().descriptor);
		this.#bound = new StepBound({ slots: SLOTS, ...rules });
		this.#detector = new StepDetector(this.#bound);
		this.#random = seededRandom(seed);
	}

	/** Sends a random command and renders a while. @returns the first click, null if there is none */
	async goOn(): Promise<string | null> {
		// One producer per block, because order only holds within one.
		const player = this.#random() < 0.6 ? this.engine : this.#stream;
		for (let count = this.#pick(6); count > 0; count--) await this.#doSomething(player);
		const [left, right] = this.engine.renderOffline(1 + this.#pick(3000));
		const interleaved = new Float32Array(2 * left.length);
		for (const frame of left.keys()) interleaved.set([left[frame]!, right[frame]!], 2 * frame);
		return this.#detector.firstClick(interleaved);
	}

	/** Loads a sample into a slot, whatever it plays. */
	async load(slot: number): Promise<void> {
		const place = this.#pick(files.length);
		await this.engine.loadSample(slot, files[place]!);
		const { samples, channels } = smoothRecordings[place]!;
		const sample = { handle: ++this.#loads, address: 0, frames: samples.length / channels, channels, samples };
		this.#bound.send({ type: "load", slot, sample });
	}

	async #doSomething(player: AudioEngine | AudioStreamHandle): Promise<void> {
		const slot = this.#pick(SLOTS);
		const dice = this.#random();
		if (dice < 0.1) {
			if (player === this.engine) await this.load(slot);
			return;
		}
		const atFrame = this.#random() < 0.5 ? undefined : this.engine.stats().frame + this.#pick(4000);
		const timed = atFrame === undefined ? {} : { atFrame };
		if (dice < 0.55) {
			const isLooping = this.#random() < 0.5;
			const velocity = this.#random();
			player.playSample(slot, velocity, { loop: isLooping, ...timed });
			this.#bound.send({ type: "play", slot, velocity, isLooping, ...timed });
		} else if (dice < 0.7) {
			const velocity = this.#random();
			if (player === this.engine) this.engine.pad(slot).press(velocity, timed);
			else this.#stream.press(slot, velocity, timed);
			this.#bound.send({ type: "press", slot, velocity, ...timed });
		} else if (dice < 0.8) {
			player.stopSample(slot, timed);
			this.#bound.send({ type: "stop", slot, ...timed });
		} else if (dice < 0.83) {
			player.stopAll();
			this.#bound.send({ type: "stopAll" });
		} else if (player === this.engine) {
			this.#bound.send(this.#doAsEngine(slot, dice));
		}
	}

	/** Sends a command that streams do not have. */
	#doAsEngine(slot: number, dice: number): Command {
		if (dice < 0.87) {
			this.engine.unloadSample(slot);
			return { type: "unload", slot };
		}
		const decibels = [0, -6, 6, -40, Number.NEGATIVE_INFINITY][this.#pick(5)]!;
		if (dice < 0.92) {
			this.engine.masterGainDecibels = decibels;
			return { type: "gain", decibels };
		}
		if (dice < 0.96) {
			this.engine.pad(slot).gainDecibels = decibels;
			return { type: "gain", slot, decibels };
		}
		const value = this.#pick(2);
		this.engine.pad(slot).loop = value === 1;
		return { type: "set", slot, parameter: PAD_LOOP, value };
	}

	#pick(count: number): number {
		return Math.floor(this.#random() * count);
	}
}

const engines = [
	{ seed: 1, voices: 3, voiceOverflow: "replace-oldest", fadeSeconds: 0.005, blockFrames: 128 },
	{ seed: 2, voices: 32, voiceOverflow: "replace-oldest", fadeSeconds: 0.005, blockFrames: 2048 },
	{ seed: 3, voices: 4, voiceOverflow: "drop-newest", fadeSeconds: 0.02, blockFrames: 441 },
	{ seed: 4, voices: 2, voiceOverflow: "replace-oldest", fadeSeconds: 0.17, blockFrames: 128 },
	{ seed: 5, voices: 1, voiceOverflow: "replace-oldest", fadeSeconds: 0.0005, blockFrames: 1 },
] as const;

test.each(engines)("no random performance of the whole engine clicks: $seed", async ({ seed, ...options }) => {
	const engine = await offlineEngine({ sampleSlots: SLOTS, ...options });
	const fadeFrames = Math.round(options.fadeSeconds * SAMPLE_RATE);
	const overflow = options.voiceOverflow === "drop-newest" ? OVERFLOW_DROP_NEWEST : OVERFLOW_REPLACE_OLDEST;
	const performance = new PlayedPerformance(engine, { voices: options.voices, overflow, fadeFrames }, seed);
	for (let slot = 0; slot < SLOTS; slot++) await performance.load(slot);
	for (let moment = 0; moment < 60; moment++) expect(await performance.goOn()).toBeNull();
	expect(engine.stats().lateCommands).toBe(0);
});
