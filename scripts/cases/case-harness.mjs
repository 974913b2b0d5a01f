import { readFileSync } from "node:fs";
import { AudioEngine } from "flitzis-looper";

/** A loaded file and its samples. @typedef {{ info: import("flitzis-looper").SampleInfo, channelData: Float32Array[] }} Sound */

const USUAL_RATE = 48_000;
const LOWEST_RATE = 8_000;
const HIGHEST_RATE = 192_000;
const SLOT = 0;
const MEMORY_BUDGET = 2 ** 28;

/** Offline engines, one per requested rate. */
export class CaseHarness {
	/** @type {Map<number, AudioEngine>} */
	#engines = new Map();

	/**
	 * The engine rate at which a file plays unresampled.
	 *
	 * @param {string} path
	 * @throws LooperError as `loadSample` does
	 */
	async rateOf(path) {
		const { source } = await this.load(path, USUAL_RATE);
		const isPossible = source.sampleRate >= LOWEST_RATE && source.sampleRate <= HIGHEST_RATE;
		return isPossible ? source.sampleRate : USUAL_RATE;
	}

	/**
	 * @param {string} path
	 * @param {number} engineRate
	 * @param {{ strict?: boolean }} [options]
	 * @throws LooperError as `loadSample` does
	 */
	async load(path, engineRate, options) {
		const engine = await this.#engine(engineRate);
		return await engine.loadSample(SLOT, new Uint8Array(readFileSync(path)), options);
	}

	/**
	 * Renders a file from its first frame to its last.
	 *
	 * @param {string} path
	 * @param {number} engineRate
	 * @returns {Promise<Sound>}
	 * @throws LooperError as `loadSample` does
	 */
	async render(path, engineRate) {
		const info = await this.load(path, engineRate);
		const engine = await this.#engine(engineRate);
		engine.playSample(SLOT, 1);
		return { info, channelData: engine.renderOffline(info.frames) };
	}

	async end() {
		await Promise.all([...this.#engines.values()].map((engine) => engine.shutDown()));
		this.#engines.clear();
	}

	/** @param {number} sampleRate */
	async #engine(sampleRate) {
		const started = this.#engines.get(sampleRate);
		if (started !== undefined) return started;
		const settings = { sampleSlots: 1, loaderThreads: 1, memoryBudget: MEMORY_BUDGET };
		const engine = new AudioEngine({ output: "offline", sampleRate, ...settings });
		this.#engines.set(sampleRate, engine);
		await engine.run();
		return engine;
	}
}
