import { setImmediate } from "node:timers/promises";
import { AudioEngine } from "flitzis-looper";
import { LoadWatch } from "./load-watch.mjs";

/** @typedef {import("./corpus.mjs").SeedFile} SeedFile */

const LOADER_THREADS = 2;
/** Concurrent loads: twice the threads, so that some wait. */
export const BATCH = 2 * LOADER_THREADS;
/** The slot that plays continuously. */
const PLAYING_SLOT = 31;
const BLOCK_FRAMES = 1024;
const SAMPLE_RATE = 48_000;
/** Turns of the event loop within which the regions of ended threads are freed. */
const PATIENCE_TURNS = 1_000_000;

/** An engine that loops one sample while damaged files are loaded. */
export class FuzzHarness {
	#engine = new AudioEngine({
		output: "offline",
		sampleRate: SAMPLE_RATE,
		loaderThreads: LOADER_THREADS,
		memoryBudget: 2 ** 28,
	});
	/** The samples of the playing slot. @type {Float32Array} */
	#loop = new Float32Array(0);
	#loopFrame = 0;
	#loopBytes = 0;
	/** The left channel of each undamaged file. @type {Map<string, Float32Array>} */
	#references = new Map();

	/**
	 * Renders every undamaged file, and loops the first one at the engine's rate: only such a loop equals its one-shot.
	 *
	 * @param {readonly SeedFile[]} files
	 */
	async start(files) {
		const engine = this.#engine;
		await engine.run();
		/** @type {SeedFile | undefined} */
		let looping;
		for (const file of files) {
			const { frames, source } = await engine.loadSample(PLAYING_SLOT, file.bytes);
			engine.playSample(PLAYING_SLOT, 1);
			this.#references.set(file.name, engine.renderOffline(frames)[0]);
			if (source.sampleRate === SAMPLE_RATE) looping ??= file;
		}
		if (looping === undefined) throw new Error("There is no file at the engine's rate to play.");
		await engine.loadSample(PLAYING_SLOT, looping.bytes);
		engine.playSample(PLAYING_SLOT, 1, { loop: true });
		this.#loop = this.#references.get(looping.name) ?? this.#loop;
		this.#isLoopIntact();
		this.#loopBytes = engine.stats().pcmBytes;
	}

	end() {
		return this.#engine.shutDown();
	}

	/**
	 * Loads files concurrently, one slot each, while the loop plays.
	 *
	 * @param {readonly Uint8Array[]} files
	 * @returns {Promise<LoadWatch[]>} the course of each load; faults of the engine itself are added to the first.
	 */
	async load(files) {
		const engine = this.#engine;
		const watches = files.map(() => new LoadWatch());
		const requests = new Map(files.map((bytes, slot) => [engine.loadSampleAsync(slot, bytes), watches[slot]]));
		const [first = new LoadWatch()] = watches;
		while (watches.some(({ outcome }) => outcome === null)) {
			await setImmediate();
			for (let event = engine.pollLoaderEvents(); event !== null; event = engine.pollLoaderEvents()) {
				const watch = requests.get(event.requestId);
				if (watch === undefined) first.faults.push(`an event of the unknown request ${event.requestId}`);
				else watch.follow(event);
			}
		}
		if (!this.#isLoopIntact()) first.faults.push("the playing slot changed");
		for (const [slot, watch] of watches.entries()) this.#checkSample(slot, watch);
		return watches;
	}

	/**
	 * Loads undamaged files, at least one per thread, and compares them with their references.
	 *
	 * @param {readonly SeedFile[]} files
	 * @returns {Promise<string[]>} the differences.
	 */
	async loadUndamaged(files) {
		this.unload();
		const watches = await this.load(files.map(({ bytes }) => bytes));
		return files.flatMap(({ name }, slot) => {
			const { faults, outcome } = watches[slot] ?? new LoadWatch();
			if (outcome !== "success") return [...faults, `the undamaged ${name} ended in ${outcome}`];
			return this.#soundsLike(slot, name) ? faults : [...faults, `the undamaged ${name} changed`];
		});
	}

	/** Empties every slot but the playing one. */
	unload() {
		for (let slot = 0; slot < BATCH; slot++) this.#engine.unloadSample(slot);
		this.#isLoopIntact();
	}

	/** @returns {Promise<string[]>} memory leaks with every slot empty. */
	async checkMemory() {
		this.unload();
		const engine = this.#engine;
		for (let turn = 0; turn < PATIENCE_TURNS && engine.stats().pcmBytes !== this.#loopBytes; turn++) {
			await setImmediate();
		}
		const { pcmBytes } = engine.stats();
		return pcmBytes === this.#loopBytes ? [] : [`${pcmBytes - this.#loopBytes} bytes of PCM leaked`];
	}

	/** Renders one block. @returns {boolean} whether it equals the loop to the bit. */
	#isLoopIntact() {
		const [left] = this.#engine.renderOffline(BLOCK_FRAMES);
		const start = this.#loopFrame;
		this.#loopFrame += BLOCK_FRAMES;
		return left.every((sample, frame) => sample === this.#loopAt(start + frame));
	}

	/** @param {number} slot @param {LoadWatch} watch */
	#checkSample(slot, watch) {
		const info = this.#engine.sampleInfo(slot);
		if (watch.outcome !== "success") return;
		if (info === null) watch.faults.push("the slot is empty after success");
		else if (!(info.frames > 0 && info.peak >= 0 && info.peak < Number.POSITIVE_INFINITY)) {
			watch.faults.push(`a sample of ${info.frames} frames with peak ${info.peak}`);
		}
	}

	/** Plays a slot to its end and compares it. @param {number} slot @param {string} name - name of the expected file */
	#soundsLike(slot, name) {
		const engine = this.#engine;
		const reference = this.#references.get(name);
		if (reference === undefined || engine.sampleInfo(slot)?.frames !== reference.length) return false;
		engine.playSample(slot, 1);
		const [left] = engine.renderOffline(reference.length);
		const start = this.#loopFrame;
		this.#loopFrame += reference.length;
		return left.every((sample, frame) => sample === Math.fround((reference[frame] ?? 0) + this.#loopAt(start + frame)));
	}

	/** @param {number} frame - since the loop started */
	#loopAt(frame) {
		return this.#loop[frame % this.#loop.length] ?? 0;
	}
}
