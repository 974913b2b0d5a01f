import { PcmCache } from "../cache/pcm-cache.ts";
import type { PcmStore } from "../cache/pcm-store.ts";
import type { DecoderFiles } from "../decode/decoder.ts";
import { ImportedDecoderFiles } from "../decode/decoder-files.ts";
import type { PlatformAudio } from "../decode/platform/platform-audio.ts";
import { LooperError } from "../errors.ts";
import type { DecoderName } from "../protocol/decoder-names.ts";
import { type LoadSource, transferOf } from "../protocol/load-source.ts";
import type {
	CacheCounts,
	CacheSettings,
	FromLoaderThread,
	LoadedSample,
	LoadFailure,
	LoadRequestMessage,
	ToLoaderThread,
} from "../protocol/loader-messages.ts";
import type { PortLike, Transferred } from "../protocol/message-port.ts";
import type { FromPcmReceiver, ToPcmReceiver } from "../protocol/threading-messages.ts";
import { Resampler } from "../resample/resampler.ts";
import type { Scheduler } from "../scheduler.ts";
import { Cancellation } from "../source/cancellation.ts";
import { discardSource } from "../source/piece-reader.ts";
import type { SourcePlatform } from "../source/source-platform.ts";
import { describeFailure } from "./load-failure.ts";
import { PcmCleaner } from "./pcm-cleaner.ts";
import { PcmSender } from "./pcm-sender.ts";
import { type PcmTarget, SharedPcm } from "./pcm-target.ts";
import { loadSample } from "./pipeline.ts";
import type { PipelineTools } from "./pipeline-tools.ts";
import { ProgressReporter } from "./progress-reporter.ts";

/** What a loader thread needs of its platform. */
export interface ThreadPlatform extends Pick<Scheduler, "now" | "after"> {
	readonly sources: SourcePlatform;
	readonly platformAudio: PlatformAudio;
	/** @param directory - as in CacheSettings */
	openStore(directory: string): PcmStore;
	/** @param transfer - what the message takes with it */
	post(message: FromLoaderThread, transfer?: readonly Transferred[]): void;
	/** Settles when the messages that wait have been handled. */
	turn(): Promise<void>;
	/** Holds the lock until the thread ends; settles when it is held. */
	holdLifeLock(name: string): Promise<void>;
}

/** The other end of a promise. */
interface Answer<T> {
	resolve(value: T): void;
	reject(error: LooperError): void;
}

/** The request that the thread is working on. */
interface CurrentLoad {
	readonly requestId: number;
	readonly cancellation: Cancellation;
	/** Settles what the pipeline waits for: a region's address, or whether the content, or its fingerprint, is new. */
	waiting: { allocated?: Answer<number>; identified?: Answer<boolean> };
}

/** Resamplers kept for their tables; files in one set rarely have more rates. */
const KEPT_RESAMPLERS = 4;
const NO_COUNTS: CacheCounts = { hits: 0, failures: 0 };

/** A loader thread, which handles one request at a time. Thread: loader. */
export class LoaderThreadMain {
	readonly #platform: ThreadPlatform;
	readonly #resamplers: Map<string, Resampler> = new Map();
	#tools:
		| (Pick<PipelineTools, "pcm" | "loaderModule" | "cleaner" | "cache"> & { readonly files: ImportedDecoderFiles })
		| null = null;
	/** Where memory is not shared. */
	#sender: PcmSender | null = null;
	#initialized: Promise<void> = Promise.resolve();
	#current: CurrentLoad | null = null;

	constructor(platform: ThreadPlatform) {
		this.#platform = platform;
	}

	onMessage(message: ToLoaderThread): void {
		switch (message.type) {
			case "initialize":
				this.#tools = {
					pcm: this.#openPcm(message.pcm),
					loaderModule: message.loaderModule,
					files: new ImportedDecoderFiles(message.decoderFiles),
					cleaner: new PcmCleaner(message.loaderModule),
					cache: message.cache === null ? null : this.#openCache(message.cache, message.loaderModule),
				};
				this.#preload(message.preloadDecoders, this.#tools.files);
				this.#initialized = this.#platform
					.holdLifeLock(message.lifeLock)
					.then(() => this.#platform.post({ type: "initialized" }));
				// Suppress the unhandled rejection; each load reports it.
				this.#initialized.catch(() => {});
				break;
			case "load":
				void this.#load(message);
				break;
			case "cancel":
				if (this.#current?.requestId === message.requestId) this.#current.cancellation.cancel();
				break;
			case "proceed":
				this.#waitingOf(message.requestId).identified?.resolve(true);
				break;
			case "hash":
			case "duplicate":
				this.#waitingOf(message.requestId).identified?.resolve(false);
				break;
			case "allocated":
				this.#waitingOf(message.requestId).allocated?.resolve(message.address);
				break;
			case "refused":
				this.#waitingOf(message.requestId).allocated?.reject(new LooperError("out-of-memory", message.message));
				break;
			default:
				message satisfies never;
		}
	}

	async #load(request: LoadRequestMessage): Promise<void> {
		const { requestId } = request;
		const current: CurrentLoad = { requestId, cancellation: new Cancellation(), waiting: {} };
		this.#current = current;
		// The control thread must be able to detect this thread's end before it allocates memory for it.
		const refusal = await this.#initialized.then(
			() => null,
			(error: unknown) => withoutLock(error),
		);
		if (refusal !== null) {
			this.#current = null;
			discardSource(request.source);
			this.#platform.post({ type: "failed", requestId, ...refusal });
			return;
		}
		this.#platform.post({ type: "started", requestId });
		try {
			const outcome = await loadSample(request, this.#toolsFor(current));
			if (outcome.sample === null) this.#skip(requestId, outcome.source);
			else this.#finish(requestId, outcome.sample);
		} catch (error) {
			// Nothing of this load may arrive once its regions are free.
			await this.#tools?.pcm.settle();
			this.#platform.post({ type: "failed", requestId, ...describeFailure(error) });
		} finally {
			this.#current = null;
			discardSource(request.source);
		}
	}

	#skip(requestId: number, source: LoadSource | null): void {
		if (source === null) this.#platform.post({ type: "skipped", requestId });
		else this.#platform.post({ type: "skipped", requestId, source }, transferOf(source));
	}

	#finish(requestId: number, sample: LoadedSample): void {
		const cache = this.#tools?.cache ?? null;
		const { lows, highs } = sample.waveform;
		const cacheCounts = cache?.takeCounts() ?? NO_COUNTS;
		this.#platform.post({ type: "ready", requestId, sample, cacheCounts }, [lows.buffer, highs.buffer]);
		cache?.prepare();
	}

	/** Imports the decoders, and the formats that need them. */
	#preload(decoders: readonly DecoderName[], files: DecoderFiles): void {
		if (decoders.length === 0) return;
		// A load that needs one reports its failure.
		for (const file of ["compressed", ...decoders] as const) void files.load(file).catch(() => {});
	}

	#openPcm(pcm: WebAssembly.Memory | PortLike<FromPcmReceiver, ToPcmReceiver>): PcmTarget {
		if (pcm instanceof WebAssembly.Memory) return new SharedPcm(pcm);
		const platform = this.#platform;
		this.#sender = new PcmSender(pcm, {
			after: (milliseconds, callback) => platform.after(milliseconds, callback),
			waiting: (isWaiting) => {
				if (this.#current !== null) platform.post({ type: "waiting", requestId: this.#current.requestId, isWaiting });
			},
		});
		return this.#sender;
	}

	#openCache({ directory, maxBytes }: CacheSettings, loaderModule: WebAssembly.Module): PcmCache {
		const cache = new PcmCache(this.#platform.openStore(directory), maxBytes, loaderModule);
		cache.prepare();
		return cache;
	}

	#toolsFor(current: CurrentLoad): PipelineTools {
		const { requestId, cancellation } = current;
		const platform = this.#platform;
		const report = (percent: number, stage: string): void => {
			platform.post({ type: "progress", requestId, percent, stage });
		};
		if (this.#tools === null) throw new Error("a load came before the thread was initialized");
		const { pcm, files } = this.#tools;
		this.#sender?.begin(cancellation);
		return {
			...this.#tools,
			cancellation,
			progress: new ProgressReporter(report, platform, cancellation),
			sources: platform.sources,
			files: this.#announced(files, requestId),
			platformAudio: platform.platformAudio,
			recognize: (fingerprint) => this.#ask(current, { type: "recognize", requestId, fingerprint }),
			identify: (contentHash, fingerprint) =>
				this.#ask(current, { type: "identify", requestId, contentHash, fingerprint }),
			regions: {
				reserve: (bytes, extending) =>
					new Promise((resolve, reject) => {
						current.waiting = { allocated: { resolve, reject } };
						platform.post({ type: "reserve", requestId, bytes, ...(extending === null ? {} : { extending }) });
					}),
				release: (address) => {
					void pcm.settle().then(() => platform.post({ type: "release", requestId, address }));
				},
			},
			resamplerFor: (inputRate, outputRate, channels) => this.#resamplerFor(inputRate, outputRate, channels),
		};
	}

	/** Tells the control thread of every fetch. */
	#announced(files: ImportedDecoderFiles, requestId: number): DecoderFiles {
		return {
			load: (file) => {
				if (!files.has(file)) this.#platform.post({ type: "fetching", requestId });
				return files.load(file);
			},
		};
	}

	/** @returns whether the named content or fingerprint is new; false as soon as the load is cancelled. */
	#ask(current: CurrentLoad, question: FromLoaderThread & { type: "recognize" | "identify" }): Promise<boolean> {
		return new Promise((resolve, reject) => {
			current.waiting = { identified: { resolve, reject } };
			current.cancellation.onCancel(() => resolve(false));
			this.#platform.post(question);
		});
	}

	#waitingOf(requestId: number): CurrentLoad["waiting"] {
		return this.#current?.requestId === requestId ? this.#current.waiting : {};
	}

	#resamplerFor(inputRate: number, outputRate: number, channels: 1 | 2): Resampler {
		if (this.#tools === null) throw new Error("a load came before the thread was initialized");
		const key = `${inputRate}/${outputRate}/${channels}`;
		const kept = this.#resamplers.get(key);
		const resampler = kept ?? new Resampler(this.#tools.loaderModule, { inputRate, outputRate, channels });
		this.#resamplers.delete(key);
		this.#resamplers.set(key, resampler);
		for (const oldest of this.#resamplers.keys()) {
			if (this.#resamplers.size <= KEPT_RESAMPLERS) break;
			this.#resamplers.delete(oldest);
		}
		return resampler;
	}
}

/** Why a thread that holds no lock may not write: its end could not be detected. */
function withoutLock(error: unknown): LoadFailure {
	const message =
		`The page's loader threads may not hold Web Locks (${String(error)}), without which nothing can be loaded. ` +
		"Serve the page over https: or from localhost, and sandbox a frame with allow-same-origin.";
	return { code: "unsupported-platform", message };
}
