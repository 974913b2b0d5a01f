import { AudioEngine, type AwaitedLoadOptions, type SampleInfo } from "flitzis-looper";

const SLOT = 0;
const LOWEST_RATE = 8_000;
const HIGHEST_RATE = 192_000;
/** Large enough for long recordings. */
const MEMORY_BUDGET = 3 * 2 ** 30;

/**
 * Decodes files one by one, each at its own sample rate, so that the peak is the recording's own and not that of
 * a resampled copy.
 *
 * Thread: control.
 */
export class SampleReader {
	#sampleRate = 44_100;
	#engine: AudioEngine | null = null;

	/** @throws LooperError as `loadSample` does */
	async read(source: string | Uint8Array<ArrayBuffer>, options: AwaitedLoadOptions): Promise<SampleInfo> {
		const info = await this.#load(source, options);
		const { sampleRate } = info.source;
		const isAlreadyExact = sampleRate === this.#sampleRate;
		if (isAlreadyExact || sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) return info;
		await this.close();
		// Reused for the next file, which usually has the same rate.
		this.#sampleRate = sampleRate;
		return await this.#load(source, options);
	}

	/** Ends the engine's threads; a later `read` starts them again. */
	async close(): Promise<void> {
		await this.#engine?.shutDown();
		this.#engine = null;
	}

	async #load(source: string | Uint8Array<ArrayBuffer>, options: AwaitedLoadOptions): Promise<SampleInfo> {
		this.#engine ??= this.#createEngine();
		const engine = this.#engine;
		await engine.run();
		const info = await engine.loadSample(SLOT, source, options);
		engine.unloadSample(SLOT);
		// The audio thread frees the memory in the block that applies the unload.
		engine.renderOffline(1);
		return info;
	}

	#createEngine(): AudioEngine {
		return new AudioEngine({
			output: "offline",
			sampleRate: this.#sampleRate,
			sampleSlots: 1,
			loaderThreads: 1,
			memoryBudget: MEMORY_BUDGET,
		});
	}
}
