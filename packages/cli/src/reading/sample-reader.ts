import { AudioEngine, type AwaitedLoadOptions, type SampleAnalysis, type SampleInfo } from "flitzis-looper";
import { untilAborted } from "./until-aborted.ts";

/** What a file is decoded from: its path, or its bytes, which may have its name. */
export type FileSource = string | Uint8Array<ArrayBuffer> | File;

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
	async read(source: FileSource, options: AwaitedLoadOptions): Promise<SampleInfo> {
		return await this.#load(source, options, (_engine, info) => info);
	}

	/** @throws LooperError as `loadSample` and `pad.analyze` do */
	async analyze(source: FileSource, options: AwaitedLoadOptions): Promise<SampleAnalysis> {
		const { onProgress, signal } = options;
		const analyzing = onProgress === undefined ? {} : { onProgress };
		return await this.#load(source, options, (engine) => {
			const analysis = engine.pad(SLOT).analyze(analyzing);
			return signal === undefined ? analysis : untilAborted(analysis, signal);
		});
	}

	/** Ends the engine's threads; a later `read` starts them again. */
	async close(): Promise<void> {
		await this.#engine?.shutDown();
		this.#engine = null;
	}

	/** Loads a file at its own rate, and uses it. */
	async #load<Answer>(
		source: FileSource,
		options: AwaitedLoadOptions,
		use: (engine: AudioEngine, info: SampleInfo) => Answer | Promise<Answer>,
	): Promise<Answer> {
		this.#engine ??= this.#createEngine();
		const engine = this.#engine;
		await engine.run();
		const info = await engine.loadSample(SLOT, source, options);
		const { sampleRate } = info.source;
		const isExact = sampleRate === this.#sampleRate || sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE;
		if (!isExact) {
			await this.close();
			// Reused for the next file, which usually has the same rate.
			this.#sampleRate = sampleRate;
			return await this.#load(source, options, use);
		}
		const answer = await use(engine, info);
		engine.unloadSample(SLOT);
		// The audio thread frees the memory in the block that applies the unload.
		engine.renderOffline(1);
		return answer;
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
