import { setImmediate } from "node:timers/promises";
import { AudioEngine } from "flitzis-looper";
import { LoadWatch } from "./load-watch.mjs";

/** @typedef {import("./corpus.mjs").SeedFile} SeedFile */

const LOADER_THREADS = 2;
/** Loads at a time: twice the threads, so that some wait. */
export const BATCH = 2 * LOADER_THREADS;
/** The slot that plays all the time. */
const PLAYING_SLOT = 31;
const BLOCK_FRAMES = 1024;
const SAMPLE_RATE = 48_000;
/** Turns within which ended threads give their regions back. */
const PATIENCE_TURNS = 1_000_000;

/** An engine that plays one sample for ever while damaged files are loaded beside it. */
export class FuzzBench {
	#engine = new AudioEngine({
		output: "offline",
		sampleRate: SAMPLE_RATE,
		loaderThreads: LOADER_THREADS,
		memoryBudget: 2 ** 28,
	});
	/** What the playing slot sounds like. @type {Float32Array} */
	#loop = new Float32Array(0);
	#loopFrame = 0;
	#loopBytes = 0;
	/** How each undamaged file sounds, on the left. @type {Map<string, Float32Array>} */
	#references = new Map();

	/**
	 * Hears every undamaged file, and loops the first one of the engine's own rate: only such a loop repeats what a one-shot plays.
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
		if (looping === undefined) throw new Error("there is no file of the engine's rate to play");
		await engine.loadSample(PLAYING_SLOT, looping.bytes);
		engine.playSample(PLAYING_SLOT, 1, { loop: true });
		this.#loop = this.#references.get(looping.name) ?? this.#loop;
		this.#playsOn();
		this.#loopBytes = engine.stats().pcmBytes;
	}

	end() {
		return this.#engine.shutDown();
	}

	/**
	 * Loads files at the same time, a slot each, and plays on meanwhile.
	 *
	 * @param {readonly Uint8Array[]} files
	 * @returns {Promise<LoadWatch[]>} how each went; broken promises of the whole engine stand with the first.
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
		if (!this.#playsOn()) first.faults.push("the slot that plays sounded different");
		for (const [slot, watch] of watches.entries()) this.#checkSample(slot, watch);
		return watches;
	}

	/**
	 * Loads undamaged files, one per thread at least, and compares them with what they were at first.
	 *
	 * @param {readonly SeedFile[]} files
	 * @returns {Promise<string[]>} what is not as it was.
	 */
	async loadUndamaged(files) {
		this.unload();
		const watches = await this.load(files.map(({ bytes }) => bytes));
		return files.flatMap(({ name }, slot) => {
			const { faults, outcome } = watches[slot] ?? new LoadWatch();
			if (outcome !== "success") return [...faults, `the undamaged ${name} ended in ${outcome}`];
			return this.#soundsLike(slot, name) ? faults : [...faults, `the undamaged ${name} sounds different`];
		});
	}

	/** Empties every slot that files are loaded into. */
	unload() {
		for (let slot = 0; slot < BATCH; slot++) this.#engine.unloadSample(slot);
		this.#playsOn();
	}

	/** @returns {Promise<string[]>} what is wrong with the memory when every slot is empty. */
	async checkMemory() {
		this.unload();
		const engine = this.#engine;
		for (let turn = 0; turn < PATIENCE_TURNS && engine.stats().pcmBytes !== this.#loopBytes; turn++) {
			await setImmediate();
		}
		const { pcmBytes } = engine.stats();
		return pcmBytes === this.#loopBytes ? [] : [`${pcmBytes - this.#loopBytes} bytes of PCM never came back`];
	}

	/** Renders one block. @returns {boolean} whether it is the loop's, bit by bit. */
	#playsOn() {
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

	/** Plays a slot to its end. @param {number} slot @param {string} name - of the file that it should be */
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
