import { LooperError } from "../errors.ts";
import type { Host, LoaderThread } from "../host.ts";
import { regionBytes } from "../memory/region-bytes.ts";
import { isReadOnce, transferOf } from "../protocol/load-source.ts";
import type { CacheCounts, FromLoaderThread, LoadedSample } from "../protocol/loader-messages.ts";
import { FRAMES_PER_PEAK } from "../protocol/sample-waveform.ts";
import { threadCannotStart } from "../thread-failures.ts";
import type { PcmConnection } from "../threading/threading.ts";
import { rebuildFailure } from "./load-failure.ts";
import type { LoadJob } from "./load-job.ts";
import type { PoolStart } from "./pool-start.ts";
import { PUBLISHING, READING, RETRYING } from "./stages.ts";

/** Called by a thread of the pool. */
interface PooledThreadListener {
	onIdle(): void;
	onCrash(error: LooperError): void;
	/** What the thread's cache did. */
	onCacheUsed(counts: CacheCounts): void;
}

const READING_PATIENCE_MS = 30_000;
const WORKING_PATIENCE_MS = 5_000;

/**
 * One loader thread and the regions allocated for it.
 *
 * A region is freed when the thread reports that it is done with it, or is known to be dead: a thread that has been told to
 * end may keep writing for seconds. Thread: control.
 */
export class PooledThread {
	readonly #host: Host;
	readonly #thread: LoaderThread;
	readonly #listener: PooledThreadListener;
	/** What it was initialized with; null before. */
	#engine: { readonly start: PoolStart; readonly pcm: PcmConnection } | null = null;
	/** Addresses of the regions that the thread may write to. */
	readonly #regions: Set<number> = new Set();
	#job: LoadJob | null = null;
	#heardAt: number;
	#patienceMs: number = READING_PATIENCE_MS;
	#isSuspected = false;
	/** Whether the thread has ever said something. */
	#hasStarted = false;
	/** True while the thread waits for a region that the audio thread has to grow its memory for. */
	#isWaitingForControl = false;
	/** True when the file is read for the first time while it is decoded. */
	#readsToDecode = false;
	/** True while the audio thread, which may be suspended, takes no PCM. */
	#isWaitingForAudio = false;

	constructor(host: Host, listener: PooledThreadListener) {
		this.#host = host;
		this.#listener = listener;
		this.#heardAt = host.now();
		this.#thread = host.spawnLoaderThread(host.assets.loaderThread, {
			onMessage: (message) => this.#onMessage(message),
			onCrash: (reason) =>
				listener.onCrash(this.#hasStarted ? this.#ended(reason) : threadCannotStart(host, "loaderThread", reason)),
		});
	}

	/** Gives the thread what it works with, once and before its first request. */
	initialize(start: PoolStart): void {
		const { loaderModule, cache, preloadDecoders } = start;
		const connection = start.connectPcm();
		this.#engine = { start, pcm: connection };
		const { pcm, transfer } = connection;
		const { lifeLock } = this.#thread;
		const { decoderFiles } = this.#host.assets;
		this.#thread.post(
			{ type: "initialize", pcm, loaderModule, decoderFiles, preloadDecoders, lifeLock, cache },
			transfer,
		);
	}

	get isIdle(): boolean {
		return this.#job === null;
	}

	/** Starts the request on this thread, which must be initialized and idle. */
	take(job: LoadJob): void {
		this.#job = job;
		this.#thread.setBusy(true);
		this.#isWaitingForControl = false;
		this.#isWaitingForAudio = false;
		this.#readsToDecode = false;
		this.#hear(READING_PATIENCE_MS);
		const { requestId, source, strict, trimEncoderDelay } = job.request;
		const { engineSampleRate, sampleMemory } = this.#start;
		const { budget: memoryBudget } = sampleMemory;
		const load = { type: "load", requestId, source, engineSampleRate, memoryBudget, strict, trimEncoderDelay } as const;
		try {
			this.#thread.post(load, transferOf(source));
		} catch (error) {
			this.#job = null;
			this.#thread.setBusy(false);
			const message = "The source cannot be sent to a loader thread. Pass a path, URL, Blob or bytes.";
			job.observer.failed(new LooperError("read-failed", message, { cause: error }));
		}
	}

	/** Asks the thread to stop; it reports `failed` or `ready` when it has. */
	cancel(requestId: number): void {
		if (this.#job?.request.requestId === requestId) this.#thread.post({ type: "cancel", requestId });
	}

	/** Ends the thread; settles when its regions are free. */
	async end(error: LooperError): Promise<void> {
		const job = this.#job;
		this.#job = null;
		const dead = this.#thread.terminate();
		job?.observer.failed(error);
		await dead;
		// Chunks that the thread has sent may still be in flight.
		await this.#engine?.pcm.drop();
		this.#freeRegions();
	}

	/**
	 * Judges whether the thread is stuck; called from time to time.
	 *
	 * A silent thread is first suspected and only given up at the next call, so that messages which wait because the
	 * control thread itself was busy are heard before.
	 *
	 * @returns the seconds it was allowed to be silent, null when it is not stuck.
	 */
	stuckSeconds(): number | null {
		if (this.#job === null || this.#isWaitingForControl || this.#isWaitingForAudio) return null;
		if (this.#host.now() - this.#heardAt < this.#patienceMs) return null;
		if (this.#isSuspected) return this.#patienceMs / 1000;
		this.#isSuspected = true;
		return null;
	}

	get #start(): PoolStart {
		if (this.#engine === null) throw new Error("a loader thread was used before it was initialized");
		return this.#engine.start;
	}

	#hear(patienceMs: number = this.#patienceMs): void {
		this.#heardAt = this.#host.now();
		this.#isSuspected = false;
		this.#patienceMs = patienceMs;
	}

	#onMessage(message: FromLoaderThread): void {
		this.#hasStarted = true;
		this.#hear();
		const job = this.#job;
		if (message.type === "initialized" || job === null || message.requestId !== job.request.requestId) return;
		switch (message.type) {
			case "started":
				job.observer.started();
				break;
			case "fetching":
				this.#hear(READING_PATIENCE_MS);
				break;
			case "progress":
				this.#hear(this.#readsToDecode ? READING_PATIENCE_MS : patienceOf(message.stage));
				job.observer.progress(message.percent, message.stage);
				break;
			case "recognize":
				this.#readsToDecode = job.observer.recognized(message.fingerprint);
				this.#answer(message.requestId, this.#readsToDecode ? "proceed" : "hash", READING_PATIENCE_MS);
				break;
			case "identify": {
				const isNew = job.observer.identified(message.contentHash, message.fingerprint);
				this.#answer(message.requestId, isNew ? "proceed" : "duplicate", WORKING_PATIENCE_MS);
				break;
			}
			case "reserve":
				this.#allocate(message.requestId, message.bytes, message.extending);
				break;
			case "waiting":
				this.#isWaitingForAudio = message.isWaiting;
				break;
			case "release":
				if (this.#regions.delete(message.address)) this.#start.sampleMemory.free(message.address);
				break;
			case "ready":
				if (!this.#isWhole(message.sample)) {
					this.#listener.onCrash(this.#ended("its sample is not whole, or outside its regions"));
					break;
				}
				// The region passes to the receiver; the others are freed.
				this.#regions.delete(message.sample.regionAddress);
				this.#listener.onCacheUsed(message.cacheCounts);
				this.#becomeIdle(() => job.observer.succeeded(message.sample));
				break;
			case "skipped":
				this.#becomeIdle(() => job.observer.skipped(message.source ?? null));
				break;
			case "failed":
				this.#becomeIdle(() => job.observer.failed(rebuildFailure(message)));
				break;
			default:
				message satisfies never;
		}
	}

	/** What the kernel would refuse, or read beyond its region, must not be published. */
	#isWhole({ regionAddress, frames, channels, edgeFrames, waveform }: LoadedSample): boolean {
		if (!this.#regions.has(regionAddress) || !Number.isSafeInteger(frames) || frames < 1) return false;
		if (!Number.isSafeInteger(edgeFrames) || edgeFrames < 0) return false;
		const peaks = Math.ceil(frames / FRAMES_PER_PEAK);
		if (waveform.lows.length !== peaks || waveform.highs.length !== peaks) return false;
		return regionBytes({ frames, channels, edgeFrames }) <= this.#start.sampleMemory.bytesOf(regionAddress);
	}

	#answer(requestId: number, type: "proceed" | "hash" | "duplicate", patienceMs: number): void {
		if (this.#job?.request.requestId !== requestId) return;
		this.#hear(patienceMs);
		this.#thread.post({ type, requestId });
	}

	#allocate(requestId: number, bytes: number, extending: number | undefined): void {
		const { sampleMemory } = this.#start;
		try {
			const bytesBefore = extending !== undefined && this.#regions.has(extending) ? sampleMemory.bytesOf(extending) : 0;
			const isExtended = extending !== undefined && bytesBefore > 0 && sampleMemory.extend(extending, bytes);
			const address = isExtended ? extending : sampleMemory.allocate(bytes).address;
			this.#regions.add(address);
			const granted = sampleMemory.granted(address);
			if (granted === null) this.#thread.post({ type: "allocated", requestId, address });
			else
				void this.#allocateWhenGranted(requestId, bytes, {
					address,
					bytesBefore: isExtended ? bytesBefore : 0,
					granted,
				});
		} catch (error) {
			const message = error instanceof LooperError ? error.message : String(error);
			this.#thread.post({ type: "refused", requestId, message });
		}
	}

	/** The audio thread grows its memory: only then is it known whether there is a region. */
	async #allocateWhenGranted(
		requestId: number,
		bytes: number,
		{ address, bytesBefore, granted }: { address: number; bytesBefore: number; granted: Promise<boolean> },
	): Promise<void> {
		this.#isWaitingForControl = true;
		const isGranted = await granted;
		if (this.#job?.request.requestId !== requestId) return;
		this.#isWaitingForControl = false;
		this.#hear();
		const { sampleMemory } = this.#start;
		if (isGranted) {
			this.#thread.post({ type: "allocated", requestId, address });
		} else if (bytesBefore > 0) {
			// A region elsewhere may still fit the memory that there is.
			sampleMemory.shrink(address, bytesBefore);
			this.#allocate(requestId, bytes, undefined);
		} else {
			this.#regions.delete(address);
			sampleMemory.free(address);
			// Where replaced samples lay there may be room that no growth has to be granted for.
			if (sampleMemory.reclaim()) this.#allocate(requestId, bytes, undefined);
			else this.#thread.post({ type: "refused", requestId, message: sampleMemory.refusal(bytes) });
		}
	}

	/** The error of a thread that has worked. */
	#ended(reason: string): LooperError {
		const source = this.#job?.request.source;
		const isGone = source !== undefined && source.kind !== "bytes" && isReadOnce(source);
		const remedy = isGone
			? "Its source was being read and cannot be read twice: pass a new one."
			: "Load the file again.";
		return new LooperError("worker-crashed", `The loader thread ended (${reason}). ${remedy}`);
	}

	#becomeIdle(report: () => void): void {
		this.#job = null;
		this.#thread.setBusy(false);
		this.#freeRegions();
		report();
		this.#listener.onIdle();
	}

	#freeRegions(): void {
		for (const address of this.#regions) this.#start.sampleMemory.free(address);
		this.#regions.clear();
	}
}

/** A server may take its time, the first time and every time it is asked again; so may the disk that the cache lies on. */
function patienceOf(stage: string): number {
	return [READING, RETRYING, PUBLISHING].includes(stage) ? READING_PATIENCE_MS : WORKING_PATIENCE_MS;
}
