import type { LoaderErrorCode } from "../src/errors.ts";
import type { Host, LoaderThread, LoaderThreadListener } from "../src/host.ts";
import { LoaderPool } from "../src/loading/loader-pool.ts";
import type { PoolStart } from "../src/loading/pool-start.ts";
import { SampleMemory } from "../src/memory/sample-memory.ts";
import type { LoadSource } from "../src/protocol/load-source.ts";
import type { FromLoaderThread, LoadedSample, ToLoaderThread } from "../src/protocol/loader-messages.ts";
import type { ChannelLike } from "../src/protocol/message-port.ts";
import { NO_METADATA } from "../src/protocol/sample-metadata.ts";
import { FRAMES_PER_PEAK } from "../src/protocol/sample-waveform.ts";
import { OVERFLOW_REPLACE_OLDEST } from "../src/protocol/shared-memory.ts";
import { SharedThreading } from "../src/threading/shared-threading.ts";

/** A loader thread driven by a test: it records what it receives and posts what the test passes. */
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

	setBusy(): void {}

	/** Settles only when the test declares the thread dead. */
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

	/** The id of its latest request. */
	get requestId(): number {
		return this.heard.findLast((message) => message.type === "load")?.requestId ?? Number.NaN;
	}

	/** Types of the messages received for its request, the request itself aside. */
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

	/** Completes a sample whose content the thread has hashed. */
	readyAs(contentHash: string): LoadedSample {
		const identity = { contentHash, fileBytes: 1_000, trimEncoderDelay: true, pcmChecksum: "cd".repeat(8) };
		return this.ready(100, { identity });
	}

	/** Requests a region and completes the sample there. @param wrong - fields to override */
	ready(frames = 100, wrong: Partial<LoadedSample> = {}): LoadedSample {
		const { requestId } = this;
		this.say({ type: "reserve", requestId, bytes: (frames + 32) * 4 });
		const answer = this.heard.at(-1);
		if (answer?.type !== "allocated") throw new Error(`The thread received ${answer?.type} instead of allocated.`);
		const recorded = { format: "WAV", sampleRate: 48_000, channels: 1, frames, metadata: NO_METADATA };
		const content = { contentHash: "ab".repeat(32), fileBytes: 1_000 };
		const identity = { ...content, trimEncoderDelay: true, pcmChecksum: "cd".repeat(8) };
		const common = { frames, channels: 1, edgeFrames: 0, peak: 1, warnings: [] } as const;
		const peaks = Math.ceil(frames / FRAMES_PER_PEAK);
		const waveform = {
			framesPerPeak: FRAMES_PER_PEAK,
			lows: new Float32Array(peaks),
			highs: new Float32Array(peaks),
		};
		const sample: LoadedSample = { ...common, waveform, regionAddress: answer.address, identity, recorded, ...wrong };
		const message = { type: "ready", requestId, sample, cacheCounts: { hits: 0, failures: 0 } } as const;
		this.say(message);
		return sample;
	}

	/** @param source - returned with the message */
	skip(source?: LoadSource): void {
		this.say({ type: "skipped", requestId: this.requestId, ...(source === undefined ? {} : { source }) });
	}

	/** The source of its latest request. */
	get source(): LoadSource | undefined {
		return this.heard.findLast((message) => message.type === "load")?.source;
	}

	fail(code: LoaderErrorCode, message: string): void {
		this.say({ type: "failed", requestId: this.requestId, code, message });
	}
}

/** A platform whose loader threads, clock and timers are controlled by a test. */
export class FakeHost implements Host {
	readonly assets = {
		kernel: "",
		kernelUnshared: "",
		loaderKernel: "",
		loaderThread: "",
		recordingThread: "",
		analysisThread: "",
		worklet: "",
		decoderFiles: { lossless: "", compressed: "", mp3: "", vorbis: "", opus: "" },
	};
	readonly processorCores = 4;
	readonly threadRemedy = (asset: string): string => `Mend the test's ${asset}.`;
	readonly threads: FakeLoaderThread[] = [];
	#milliseconds = 0;
	readonly #timers: Set<{ readonly at: number; readonly callback: () => void }> = new Set();

	checkPlatform(): void {}

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

	/** Advances the clock timer by timer, including timers set meanwhile. */
	advance(milliseconds: number): void {
		const end = this.#milliseconds + milliseconds;
		for (;;) {
			const [next] = [...this.#timers].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
			if (next === undefined) break;
			this.#timers.delete(next);
			// A timer that re-arms itself for "now" must not stop the clock.
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

	/** The thread started as number `index`. */
	thread(index: number): FakeLoaderThread {
		const thread = this.threads[index];
		if (thread === undefined) throw new Error(`Only ${this.threads.length} threads were started.`);
		return thread;
	}

	spawnAnalysisThread(): never {
		throw new Error("FakeHost does not analyse.");
	}

	get recording(): never {
		throw new Error("FakeHost does not record.");
	}

	compile(): never {
		throw new Error("FakeHost does not compile modules.");
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
		throw new Error("FakeHost has no ports.");
	}

	openDevice(): never {
		throw new Error("FakeHost has no device.");
	}
}

/** A pool of fake threads, and what they work with. */
interface FakePool {
	readonly host: FakeHost;
	readonly pool: LoaderPool;
	readonly memory: SampleMemory;
}

/**
 * A pool of fake threads over real memory of 1 MiB.
 *
 * @param connectPcm - how the threads reach an audio thread that owns the memory; by default they share it
 */
export function fakePool(size: number, connectPcm?: PoolStart["connectPcm"]): FakePool {
	const { open, ...pool } = unopenedPool(size, connectPcm);
	open();
	return pool;
}

/** The same pool before `open`. */
export function unopenedPool(
	size: number,
	connectPcm?: PoolStart["connectPcm"],
): FakePool & { readonly open: () => void } {
	const host = new FakeHost();
	const pool = new LoaderPool(host, size);
	const options = { slots: 32, voices: 32, overflow: OVERFLOW_REPLACE_OLDEST, memoryBudget: 2 ** 20 };
	const threading = new SharedThreading(options);
	const memory = new SampleMemory(threading.memory, options.memoryBudget, () => {});
	const emptyModule = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
	const start = {
		connectPcm: connectPcm ?? (() => threading.connectLoader()),
		sampleMemory: memory,
		loaderModule: emptyModule,
		engineSampleRate: 48_000,
		preloadDecoders: [],
		cache: null,
	};
	return { host, pool, memory, open: () => pool.open(start) };
}
