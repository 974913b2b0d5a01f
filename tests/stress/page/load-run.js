import { AudioEngine } from "./engine/index.browser.js";
import { HoldWatch } from "./hold-watch.js";
import { RequestBook } from "./request-book.js";

const SLOTS = 32;
const BYTES_PER_SAMPLE = 4;
/** Timeout without an event. */
const PATIENCE_SECONDS = 60;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Loops play on all voices while recordings are loaded onto the slots one by one, each
 * replacing its slot's loop immediately.
 */
class LoadRun {
	#engine;
	#sounds;
	#loads;
	#requestedCount = 0;
	#book = new RequestBook();
	#holds = new HoldWatch();
	#sampleBytes = [];
	#peakPcmBytes = 0;
	#peakMemoryBytes = 0;
	#fewestVoices = SLOTS;
	#isFull = false;

	constructor(engine, { sounds, loads }) {
		this.#engine = engine;
		this.#sounds = sounds;
		this.#loads = loads;
	}

	/** Loads every recording, then plays for as many frames without loading. */
	async run() {
		const { sampleRate } = this.#engine.stats();
		for (let slot = 0; slot < SLOTS; slot++) this.#loadNext(slot);
		await this.#turnsUntil(() => this.#isFull || this.#book.liveCount === 0);
		const started = this.#take();
		await this.#turnsUntil(() => this.#book.liveCount === 0);
		const loading = this.#take();
		const frames = loading.frame - started.frame;
		await this.#turnsUntil(({ frame }) => frame - loading.frame >= frames);
		const idle = this.#take();
		return {
			sampleRate,
			frames,
			underruns: {
				starting: started.underruns,
				loading: loading.underruns - started.underruns,
				idle: idle.underruns - loading.underruns,
			},
			engineUnderruns: this.#engine.stats().underruns,
			longestHoldMs: { loading: loading.longestHoldMs, idle: idle.longestHoldMs },
			...this.#book.report,
			lostEvents: this.#engine.stats().lostEvents,
			fewestVoices: this.#fewestVoices,
			sampleBytes: this.#sampleBytes,
			peakPcmBytes: this.#peakPcmBytes,
			peakMemoryBytes: this.#peakMemoryBytes,
			leftPcmBytes: await this.#empty(),
		};
	}

	#take() {
		const { underrunEvents } = this.#engine.output.context.playbackStats;
		return { frame: this.#engine.stats().frame, underruns: underrunEvents, longestHoldMs: this.#holds.take() };
	}

	/** Polls once per animation frame, like an app. */
	async #turnsUntil(isOver) {
		let polledAt = this.#engine.stats().frame;
		for (;;) {
			await nextFrame();
			const stats = this.#engine.stats();
			if (this.#poll()) polledAt = stats.frame;
			this.#watch(stats);
			if (isOver(stats)) return;
			const isDead = this.#book.liveCount > 0 && stats.frame - polledAt > PATIENCE_SECONDS * stats.sampleRate;
			if (isDead) return;
		}
	}

	/** @returns whether there was an event. */
	#poll() {
		let hasEvent = false;
		for (let event = this.#engine.pollLoaderEvents(); event !== null; event = this.#engine.pollLoaderEvents()) {
			hasEvent = true;
			if (!this.#book.take(event)) continue;
			if (event.type === "success") this.#play(event.id);
			this.#loadNext(event.id);
		}
		return hasEvent;
	}

	#play(slot) {
		const { frames, channels } = this.#engine.sampleInfo(slot);
		this.#sampleBytes.push(frames * channels * BYTES_PER_SAMPLE);
		this.#engine.playSample(slot, 1 / SLOTS, { loop: true });
	}

	#loadNext(slot) {
		if (this.#requestedCount === this.#loads) return;
		const sound = this.#requestedCount % this.#sounds;
		this.#requestedCount++;
		this.#book.enter(this.#engine.loadSampleAsync(slot, `/sounds/${sound}`));
	}

	#watch({ activeVoices, pcmBytes, memoryBytes }) {
		this.#peakPcmBytes = Math.max(this.#peakPcmBytes, pcmBytes);
		this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes, memoryBytes);
		this.#isFull ||= activeVoices === SLOTS;
		if (this.#isFull) this.#fewestVoices = Math.min(this.#fewestVoices, activeVoices);
	}

	/** @returns the bytes still in use some blocks after everything was unloaded. */
	async #empty() {
		this.#holds.end();
		for (let slot = 0; slot < SLOTS; slot++) this.#engine.unloadSample(slot);
		const { frame, sampleRate } = this.#engine.stats();
		for (;;) {
			await nextFrame();
			const stats = this.#engine.stats();
			if (stats.pcmBytes === 0 || stats.frame - frame > sampleRate) return stats.pcmBytes;
		}
	}
}

/**
 * @param {{ sounds: number, loads: number, latencyHint: string, threading?: "auto" | "shared" | "messages" }} options - number of recordings
 * at `/sounds/0…`, total loads
 */
export async function runLoads(options) {
	const { latencyHint, threading = "auto" } = options;
	const engine = new AudioEngine(latencyHint === "default" ? { threading } : { threading, latencyHint });
	const state = await engine.run();
	if (state !== "running") throw new Error(`The engine is ${state}.`);
	const report = await new LoadRun(engine, options).run();
	await engine.shutDown();
	return report;
}
