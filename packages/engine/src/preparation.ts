import { AnalysisControl } from "./analysis/analysis-control.ts";
import type { AudioDevice } from "./device/audio-device.ts";
import { contextClosed, isLoaderErrorCode, LooperError } from "./errors.ts";
import type { Host } from "./host.ts";
import type { EventQueue } from "./loading/event-queue.ts";
import { LoadCalls } from "./loading/load-calls.ts";
import { Loader } from "./loading/loader.ts";
import { LoaderPool } from "./loading/loader-pool.ts";
import type { LoadOrigin } from "./loading/observers.ts";
import type { CheckedOptions } from "./options.ts";
import type { AwaitedLoadOptions, LoadOptions, SampleInfo } from "./protocol/engine-types.ts";
import type { CacheCounts, CacheSettings } from "./protocol/loader-messages.ts";
import type { SampleSource } from "./protocol/sample-source.ts";
import type { RunningEngine } from "./running-engine.ts";
import { openPool, startEngine } from "./start-engine.ts";

/** What an engine is prepared with. */
export interface PreparationParts {
	readonly host: Host;
	readonly options: CheckedOptions;
	/** Takes what happens to loads. */
	readonly events: EventQueue;
	/** Whether the engine has been shut down. */
	readonly isClosing: () => boolean;
	/** Called after the device has changed its state. */
	readonly onStateChange: () => void;
}

/**
 * Opens the output and starts the threads, once: for the first load, which needs the output's rate, or for `run`. A context that was
 * opened for a load stays suspended until `run`.
 *
 * Thread: control.
 */
export class Preparation {
	readonly #parts: PreparationParts;
	readonly #cache: CacheSettings | null;
	readonly #pool: LoaderPool;
	readonly #loader: Loader;
	readonly #loads: LoadCalls;
	#preparing: Promise<RunningEngine> | null = null;
	/** Analyses what the slots hold. */
	readonly analysis: AnalysisControl;
	#device: AudioDevice | null = null;
	#engine: RunningEngine | null = null;
	#isSoundWanted = false;

	constructor(parts: PreparationParts) {
		this.#parts = parts;
		const { host, options, events } = parts;
		const { cache } = options;
		this.#cache = cache === null ? null : { ...cache, directory: host.cacheDirectory(cache.directory) };
		this.#pool = new LoaderPool(host, options.loaderThreads);
		this.#loader = new Loader(this.#pool, () => this.#engine?.publisher ?? null, host);
		this.#loads = new LoadCalls(host, this.#loader, events);
		const isClosing = (): boolean => parts.isClosing() || this.isContextClosed;
		this.analysis = new AnalysisControl({ ...parts, cache: this.#cache, isClosing });
		this.#pool.onBusy = (isBusy) => this.analysis.pause(isBusy);
	}

	/** Cache hits and failures of all loads so far. */
	get cacheCounts(): CacheCounts {
		return this.#pool.cacheCounts;
	}

	/** What has been prepared; null until then. */
	get engine(): RunningEngine | null {
		return this.#engine;
	}

	/** The device, from the moment on when it is open. */
	get device(): AudioDevice | null {
		return this.#device;
	}

	/** Whether somebody has closed the context that it plays through: nothing sounds any more. */
	get isContextClosed(): boolean {
		return this.#device?.state === "closed";
	}

	/**
	 * Prepares, once; when that fails every live load ends with it, and the next call tries again.
	 *
	 * @throws LooperError `unsupported-platform`, `out-of-memory` or `closed`.
	 */
	begin(): Promise<RunningEngine> {
		if (this.#preparing === null && this.#parts.options.startLoaderThreads) this.#pool.startThreads();
		this.#preparing ??= this.#prepare().catch((error: unknown) => {
			this.#preparing = null;
			this.#pool.dropThreads();
			this.#device = null;
			this.#loader.failAll(startFailure(error));
			throw error;
		});
		return this.#preparing;
	}

	/** Loads with events; the load fails if the preparation does. @returns as `LoadCalls.start` */
	startLoad(id: number, source: SampleSource, options: LoadOptions): number {
		const onLoaded = (origin: LoadOrigin): void => {
			if (this.#parts.options.analysis === "always") this.analysis.follow(origin);
		};
		const requestId = this.#loads.start(id, source, options, onLoaded);
		this.#beginForLoad();
		return requestId;
	}

	/** Loads with a promise; the load fails if the preparation does. */
	awaitLoad(id: number, source: SampleSource, options: AwaitedLoadOptions): Promise<SampleInfo> {
		const loading = this.#loads.await(id, source, options);
		this.#beginForLoad();
		return loading;
	}

	/** Whether the slot holds no sample, and none is being loaded into it. */
	isFree(id: number): boolean {
		return !this.#loader.isLoading(id) && (this.#engine?.publisher.published(id) ?? null) === null;
	}

	/** Ends the slot's live load, if there is one. */
	cancelLoad(id: number, reason?: string): void {
		this.#loader.cancel(id, reason);
	}

	/** Lets the context run from here on; call it in a user's gesture. */
	allowSound(): void {
		this.#isSoundWanted = true;
		this.#device?.resume().catch(() => {});
	}

	/**
	 * Ends the loads and closes what has been prepared.
	 *
	 * @param onClosed - called with it when it is silent, before it is forgotten
	 */
	async close(onClosed: (engine: RunningEngine) => void): Promise<void> {
		const ending = this.#loader.shutDown();
		// A preparation in flight sees that the engine is closing and releases its device itself.
		await this.#preparing?.catch(() => {});
		await this.analysis.close();
		await this.#engine?.close();
		if (this.#engine !== null) onClosed(this.#engine);
		await ending;
		this.#engine = null;
		this.#device = null;
	}

	#followDevice(): void {
		if (this.isContextClosed && !this.#parts.isClosing()) {
			// The audio thread takes no samples any more, and gives none.
			this.#loader.failAll(contextClosed());
			this.#engine?.closing.cancel();
			void this.analysis.close();
		}
		this.#parts.onStateChange();
	}

	#beginForLoad(): void {
		if (this.#engine === null) this.begin().catch(() => {});
	}

	async #prepare(): Promise<RunningEngine> {
		const { host, options, isClosing } = this.#parts;
		const onStateChange = (): void => this.#followDevice();
		const onOpen = (device: AudioDevice): void => {
			this.#device = device;
			if (!this.#isSoundWanted) device.suspend();
		};
		const { running, loaderModule } = await startEngine({ host, options, isClosing, onOpen, onStateChange });
		this.#engine = running;
		this.analysis.open({ running, loaderModule });
		openPool(this.#pool, { running, loaderModule, cache: this.#cache, preloadDecoders: options.preloadDecoders });
		return running;
	}
}

/** What a load ends in whose engine cannot be started. */
function startFailure(error: unknown): LooperError {
	if (error instanceof LooperError && isLoaderErrorCode(error.code)) return error;
	const reason = error instanceof Error ? error.message : String(error);
	const message = `The engine cannot be started: ${reason}`;
	return new LooperError("unsupported-platform", message, { cause: error });
}
