import type { LoaderErrorCode } from "../src/errors.ts";
import type { Host, LoaderThread, LoaderThreadListener } from "../src/host.ts";
import { LoaderPool, type PoolStart } from "../src/loading/loader-pool.ts";
import { EngineMemory } from "../src/memory/engine-memory.ts";
import { SampleMemory } from "../src/memory/sample-memory.ts";
import type { FromLoaderThread, LoadedSample, LoadSource, ToLoaderThread } from "../src/protocol/loader-messages.ts";
import type { ChannelLike } from "../src/protocol/message-port.ts";
import { OVERFLOW_REPLACE_OLDEST } from "../src/protocol/shared-memory.ts";

/** A loader thread played by a test: what it is told is kept, what it says is said by hand. */
export class FakeLoaderThread implements LoaderThread {
	readonly lifeLock = "";
	readonly heard: ToLoaderThread[] = [];
	readonly #listener: LoaderThreadListener;
	#die: () => void = () => {};
	isEnded = false;

	constructor(listener: LoaderThreadListener) {
		this.#listener = listener;
	}

	post(message: ToLoaderThread): void {
		this.heard.push(message);
	}

	/** Settles only when the test says that the thread is dead. */
	terminate(): Promise<void> {
		this.isEnded = true;
		return new Promise((resolve) => {
			this.#die = resolve;
		});
	}

	die(): void {
		this.#die();
	}

	crash(reason: string): void {
		this.#listener.onCrash(reason);
	}

	say(message: FromLoaderThread): void {
		this.#listener.onMessage(message);
	}

	/** The request that it was given last. */
	get requestId(): number {
		return this.heard.findLast((message) => message.type === "load")?.requestId ?? Number.NaN;
	}

	/** Types of what it heard of its request, the request itself aside. */
	get answers(): string[] {
		const from = this.heard.findLastIndex(({ type }) => type === "load");
		return this.heard.slice(from + 1).map(({ type }) => type);
	}

	start(): void {
		this.say({ type: "started", requestId: this.requestId });
	}

	progress(percent: number, stage: string): void {
		this.say({ type: "progress", requestId: this.requestId, percent, stage });
	}

	identify(contentHash: string, fingerprint: string | null = null): void {
		this.say({ type: "identify", requestId: this.requestId, contentHash, fingerprint });
	}

	recognize(fingerprint: string): void {
		this.say({ type: "recognize", requestId: this.requestId, fingerprint });
	}

	/** Completes a sample of a content that the thread has named itself. */
	readyAs(contentHash: string): LoadedSample {
		const identity = { contentHash, fileBytes: 1_000, trimEncoderDelay: true, pcmChecksum: "cd".repeat(8) };
		return this.ready(100, { identity });
	}

	/** Asks for a region and completes the sample there. @param wrong - what it says of it instead */
	ready(frames = 100, wrong: Partial<LoadedSample> = {}): LoadedSample {
		const { requestId } = this;
		this.say({ type: "reserve", requestId, bytes: (frames + 32) * 4 });
		const lent = this.heard.at(-1);
		if (lent?.type !== "lent") throw new Error(`the thread was answered ${lent?.type}`);
		const recorded = { format: "WAV", sampleRate: 48_000, channels: 1, frames };
		const content = { contentHash: "ab".repeat(32), fileBytes: 1_000 };
		const identity = { ...content, trimEncoderDelay: true, pcmChecksum: "cd".repeat(8) };
		const common = { frames, channels: 1, edgeFrames: 0, peak: 1, warnings: [] } as const;
		const sample = { ...common, regionAddress: lent.address, identity, recorded, ...wrong };
		const message = { type: "ready", requestId, sample, cacheCounts: { hits: 0, failures: 0 } } as const;
		this.say(message);
		return sample;
	}

	/** @param source - what goes back with the answer */
	skip(source?: LoadSource): void {
		this.say({ type: "skipped", requestId: this.requestId, ...(source === undefined ? {} : { source }) });
	}

	/** Where the request that it was given last is to be read. */
	get source(): LoadSource | undefined {
		return this.heard.findLast((message) => message.type === "load")?.source;
	}

	fail(code: LoaderErrorCode, message: string): void {
		this.say({ type: "failed", requestId: this.requestId, code, message });
	}
}

/** A platform whose loader threads, clock and timers a test moves. */
export class FakeHost implements Host {
	readonly assets = { kernel: "", kernelUnshared: "", loaderKernel: "", loaderThread: "", worklet: "" };
	readonly processorCores = 4;
	readonly threads: FakeLoaderThread[] = [];
	#milliseconds = 0;
	readonly #timers: Set<{ readonly at: number; readonly callback: () => void }> = new Set();

	now(): number {
		return this.#milliseconds;
	}

	after(milliseconds: number, callback: () => void): () => void {
		const timer = { at: this.#milliseconds + milliseconds, callback };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	whenIdle(callback: () => void): () => void {
		return this.after(0, callback);
	}

	/** Moves the clock, timer by timer; those set meanwhile are called too when their time comes. */
	advance(milliseconds: number): void {
		const end = this.#milliseconds + milliseconds;
		for (;;) {
			const [next] = [...this.#timers].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
			if (next === undefined) break;
			this.#timers.delete(next);
			// A timer that sets itself again for "now" must not stop the clock.
			this.#milliseconds = Math.max(next.at, this.#milliseconds + 1);
			next.callback();
		}
		this.#milliseconds = Math.max(end, this.#milliseconds);
	}

	spawnLoaderThread(_location: string, listener: LoaderThreadListener): LoaderThread {
		const thread = new FakeLoaderThread(listener);
		this.threads.push(thread);
		return thread;
	}

	/** The thread that was started as number so-and-so. */
	thread(index: number): FakeLoaderThread {
		const thread = this.threads[index];
		if (thread === undefined) throw new Error(`only ${this.threads.length} threads were started`);
		return thread;
	}

	compile(): never {
		throw new Error("nothing is compiled here");
	}

	isBlob(value: unknown): value is Blob {
		return value instanceof Blob;
	}

	resolveSource(source: string): { readonly kind: "path"; readonly path: string } {
		return { kind: "path", path: source };
	}

	cacheDirectory(): string {
		return "";
	}

	detach(buffer: ArrayBuffer): ArrayBuffer {
		return buffer;
	}

	createChannel<One, Other>(): ChannelLike<One, Other> {
		throw new Error("nothing goes over ports here");
	}

	openDevice(): never {
		throw new Error("nothing sounds here");
	}
}

/**
 * A pool of fake threads over real memory of 1 MiB.
 *
 * @param openPcm - how the threads reach an audio thread that owns the memory; null when it is shared
 */
export function fakePool(
	size: number,
	openPcm: PoolStart["openPcm"] = null,
): { host: FakeHost; pool: LoaderPool; memory: SampleMemory } {
	const host = new FakeHost();
	const pool = new LoaderPool(host, size);
	const options = { slots: 32, voices: 32, overflow: OVERFLOW_REPLACE_OLDEST, memoryBudget: 2 ** 20 };
	const engineMemory = new EngineMemory(options);
	const memory = new SampleMemory(engineMemory, options.memoryBudget, () => {});
	const emptyModule = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
	const start = {
		memory: engineMemory.memory,
		openPcm,
		sampleMemory: memory,
		loaderModule: emptyModule,
		engineSampleRate: 48_000,
		cache: null,
	};
	pool.open(start);
	return { host, pool, memory };
}
