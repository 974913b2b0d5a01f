import { LooperError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import type { CacheCounts, CacheSettings, LoadedSample, LoadSource } from "../protocol/loader-messages.ts";
import type { PortLike } from "../protocol/message-port.ts";
import type { FromPcmReceiver, ToPcmReceiver } from "../protocol/threading-messages.ts";
import type { LoadRequest } from "./load-request.ts";
import { PooledThread } from "./pooled-thread.ts";

/** What the pool tells of one request. After `ready`, `skipped` or `failed` it tells nothing more. */
export interface LoadProgress {
	started(): void;
	progress(percent: number, stage: string): void;
	/** @returns whether the fingerprint is new, so that the content is decoded without being hashed first. */
	recognized(fingerprint: string): boolean;
	/** The content is known. @returns whether it has to be decoded. */
	identified(contentHash: string, fingerprint: string | null): boolean;
	/** The sample's region is the receiver's from now on. */
	ready(sample: LoadedSample): void;
	/** The thread has left the content that need not be decoded. @param source - what went to the thread and is back */
	skipped(source: LoadSource | null): void;
	failed(error: LooperError): void;
}

/** A request and its observer. */
export interface LoadJob {
	readonly request: LoadRequest;
	readonly progress: LoadProgress;
}

/** A loader thread's way to the audio thread that owns the memory. */
export interface PcmConnection {
	/** The loader thread's end. */
	readonly port: PortLike<FromPcmReceiver, ToPcmReceiver>;
	/** Ends it; settles when nothing arrives there any more. */
	drop(): Promise<void>;
}

/** What every thread of the pool is started with. */
export interface PoolStart {
	/** The memory that all threads share; null when the audio thread owns it. */
	readonly memory: WebAssembly.Memory | null;
	/** Opens a way to the audio thread that owns the memory; null when it is shared. */
	readonly openPcm: (() => PcmConnection) | null;
	readonly sampleMemory: SampleMemory;
	readonly loaderModule: WebAssembly.Module;
	readonly engineSampleRate: number;
	readonly cache: CacheSettings | null;
}

const WATCH_MS = 500;

/**
 * The loader threads: started on first use, given one request at a time, replaced when they crash or stick.
 *
 * Requests wait until `open` has told the engine's rate. Thread: control.
 */
export class LoaderPool {
	readonly #host: Host;
	readonly #size: number;
	readonly #waiting: LoadJob[] = [];
	readonly #threads: Set<PooledThread> = new Set();
	readonly #ending: Set<Promise<void>> = new Set();
	#start: PoolStart | null = null;
	#stopWatching: (() => void) | null = null;
	#isShutDown = false;
	#cacheCounts: CacheCounts = { hits: 0, failures: 0 };

	constructor(host: Host, size: number) {
		this.#host = host;
		this.#size = size;
	}

	/** What the caches of all threads did so far. */
	get cacheCounts(): CacheCounts {
		return this.#cacheCounts;
	}

	/** From here on requests are taken. */
	open(start: PoolStart): void {
		this.#start = start;
		this.#dispatch();
	}

	enqueue(request: LoadRequest, progress: LoadProgress): void {
		const job = { request, progress };
		const firstNormal = this.#waiting.findIndex((other) => !other.request.isUrgent);
		if (request.isUrgent && firstNormal !== -1) this.#waiting.splice(firstNormal, 0, job);
		else this.#waiting.push(job);
		this.#dispatch();
	}

	/**
	 * Drops a waiting request; a thread at work on it is asked to stop and reports once more when it has.
	 *
	 * @returns whether it was waiting: it gets no further events then.
	 */
	cancel(requestId: number): boolean {
		const index = this.#waiting.findIndex((job) => job.request.requestId === requestId);
		if (index !== -1) this.#waiting.splice(index, 1);
		for (const thread of this.#threads) thread.cancel(requestId);
		return index !== -1;
	}

	/** Ends every thread; settles when none can write any more. */
	async shutDown(): Promise<void> {
		this.#isShutDown = true;
		this.#waiting.length = 0;
		this.#stopWatching?.();
		this.#stopWatching = null;
		for (const thread of this.#threads) this.#end(thread, new LooperError("cancelled", "the engine was shut down"));
		await Promise.all(this.#ending);
	}

	#dispatch(): void {
		const start = this.#start;
		if (start === null || this.#isShutDown) return;
		while (this.#waiting.length > 0) {
			const thread = this.#idleThread() ?? this.#spawn(start);
			const job = thread === null ? undefined : this.#waiting.shift();
			if (thread === null || job === undefined) break;
			thread.take(job);
		}
		this.#watch();
	}

	#idleThread(): PooledThread | null {
		for (const thread of this.#threads) if (thread.isIdle) return thread;
		return null;
	}

	#spawn(start: PoolStart): PooledThread | null {
		if (this.#threads.size >= this.#size) return null;
		const thread: PooledThread = new PooledThread(this.#host, start, {
			onIdle: () => this.#dispatch(),
			onCacheUsed: ({ hits, failures }) => {
				const before = this.#cacheCounts;
				this.#cacheCounts = { hits: before.hits + hits, failures: before.failures + failures };
			},
			onCrash: (reason) => {
				this.#end(thread, new LooperError("worker-crashed", `the loader thread ended: ${reason}; load the file again`));
			},
		});
		this.#threads.add(thread);
		return thread;
	}

	/** Ends a thread; its place is free at once, its regions only when it is known to be dead. */
	#end(thread: PooledThread, error: LooperError): void {
		if (!this.#threads.delete(thread)) return;
		const ending = thread.end(error).finally(() => this.#ending.delete(ending));
		this.#ending.add(ending);
		this.#dispatch();
	}

	/** Looks after stuck threads as long as one is at work. */
	#watch(): void {
		const isBusy = [...this.#threads].some((thread) => !thread.isIdle);
		if (!isBusy || this.#stopWatching !== null) return;
		this.#stopWatching = this.#host.after(WATCH_MS, () => {
			this.#stopWatching = null;
			for (const thread of this.#threads) {
				const stuckSince = thread.stuckSeconds();
				if (stuckSince === null) continue;
				this.#end(
					thread,
					new LooperError(
						"timed-out",
						`the file made no progress for ${stuckSince} s and was given up; check the file`,
					),
				);
			}
			this.#watch();
		});
	}
}
