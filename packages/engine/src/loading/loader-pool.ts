import { LooperError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { CacheCounts } from "../protocol/loader-messages.ts";
import type { DecodeObserver, LoadJob } from "./load-job.ts";
import type { LoadRequest } from "./load-request.ts";
import type { PoolStart } from "./pool-start.ts";
import { PooledThread } from "./pooled-thread.ts";

const WATCH_MS = 500;

/**
 * The loader threads: started on first use or ahead of it, given one request at a time, replaced when they crash or get stuck.
 *
 * Requests wait until `open` has set the engine's rate. Thread: control.
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
	#isBusy = false;
	/** Called when the first of several loads begins, and when the last one has ended. */
	onBusy: (isBusy: boolean) => void = () => {};

	constructor(host: Host, size: number) {
		this.#host = host;
		this.#size = size;
	}

	/** Cache hits and failures of all threads so far. */
	get cacheCounts(): CacheCounts {
		return this.#cacheCounts;
	}

	/** Starts all threads ahead of `open`, so that their script is there by then. */
	startThreads(): void {
		while (this.#threads.size < this.#size) this.#threads.add(this.#spawn());
	}

	/** Ends the threads that were started ahead of an engine that did not start. */
	dropThreads(): void {
		if (this.#start !== null) return;
		for (const thread of this.#threads) this.#end(thread, new LooperError("cancelled", "The engine did not start."));
	}

	/** Starts taking requests. */
	open(start: PoolStart): void {
		this.#start = start;
		for (const thread of this.#threads) thread.initialize(start);
		this.#dispatch();
	}

	enqueue(request: LoadRequest, observer: DecodeObserver): void {
		const job = { request, observer };
		const firstNormal = this.#waiting.findIndex((other) => !other.request.isUrgent);
		if (request.isUrgent && firstNormal !== -1) this.#waiting.splice(firstNormal, 0, job);
		else this.#waiting.push(job);
		this.#dispatch();
	}

	/**
	 * Drops a waiting request. A thread that is working on it is asked to stop, and reports once more when it has.
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
		for (const thread of this.#threads) this.#end(thread, new LooperError("cancelled", "The engine was shut down."));
		await Promise.all(this.#ending);
	}

	#dispatch(): void {
		const start = this.#start;
		if (start === null || this.#isShutDown) return;
		while (this.#waiting.length > 0) {
			const thread = this.#idleThread() ?? this.#add(start);
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

	#add(start: PoolStart): PooledThread | null {
		if (this.#threads.size >= this.#size) return null;
		const thread = this.#spawn();
		this.#threads.add(thread);
		thread.initialize(start);
		return thread;
	}

	#spawn(): PooledThread {
		const thread: PooledThread = new PooledThread(this.#host, {
			onIdle: () => this.#dispatch(),
			onCacheUsed: ({ hits, failures }) => {
				const before = this.#cacheCounts;
				this.#cacheCounts = { hits: before.hits + hits, failures: before.failures + failures };
			},
			onCrash: (error) => this.#end(thread, error),
		});
		return thread;
	}

	/** Ends a thread. Its place in the pool is free at once, its regions only once it is known to be dead. */
	#end(thread: PooledThread, error: LooperError): void {
		if (!this.#threads.delete(thread)) return;
		const ending = thread.end(error).finally(() => this.#ending.delete(ending));
		this.#ending.add(ending);
		this.#dispatch();
	}

	/** Checks for stuck threads as long as one is working. */
	#watch(): void {
		const isBusy = [...this.#threads].some((thread) => !thread.isIdle);
		if (isBusy !== this.#isBusy) this.onBusy(isBusy);
		this.#isBusy = isBusy;
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
						`The file made no progress for ${stuckSince} s and was given up. Check the file.`,
					),
				);
			}
			this.#watch();
		});
	}
}
