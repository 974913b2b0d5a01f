import {
	type CheckedOptions,
	checkAtFrame,
	checkFrames,
	checkGain,
	checkLoadOptions,
	checkOptions,
	checkSlot,
	checkVelocity,
} from "./check-arguments.ts";
import { closed, LooperError } from "./errors.ts";
import type { Host } from "./host.ts";
import { EventQueue } from "./loading/event-queue.ts";
import type { LoadObserver, LoadRequest } from "./loading/load-request.ts";
import { nameSource } from "./loading/load-source.ts";
import { Loader } from "./loading/loader.ts";
import { LoaderPool } from "./loading/loader-pool.ts";
import { abortable, awaitLoad, type LoadOrigin, observeWithEvents } from "./loading/observers.ts";
import { OfflineDevice } from "./output/offline-device.ts";
import type { Performance } from "./performance/performance.ts";
import { PerformanceControl } from "./performance/performance-control.ts";
import { ringFull, timedFull } from "./producers/audio-stream-handle.ts";
import type { StreamGrant } from "./producers/stream-descriptor.ts";
import { PLAY_LOOPING } from "./protocol/commands.ts";
import type {
	AudioEngineOptions,
	AwaitedLoadOptions,
	EngineState,
	EngineStats,
	GlitchReport,
	LoadOptions,
	PlayOptions,
	SampleInfo,
	SampleSource,
	SlotActivity,
	StopOptions,
} from "./protocol/engine-types.ts";
import type { LoaderEvent } from "./protocol/loader-events.ts";
import type { CacheSettings } from "./protocol/loader-messages.ts";
import { CONTROL_RING_COMMANDS } from "./protocol/shared-memory.ts";
import { IMMEDIATELY } from "./rings/control-ring.ts";
import type { RunningEngine } from "./running-engine.ts";
import { chooseThreading, startEngine } from "./start-engine.ts";

const NO_GLITCHES: GlitchReport = { count: 0, lostFrames: 0, latest: [] };

/**
 * Loads samples in the background and plays them at once, on any host. The package's entries derive `AudioEngine` from
 * it, each with its platform's host.
 *
 * Thread: control. No method blocks; every method but `shutDown` and the readers throws LooperError `closed` after
 * `shutDown`.
 */
export class HostedAudioEngine {
	readonly #host: Host;
	readonly #options: CheckedOptions;
	readonly #cache: CacheSettings | null;
	readonly #events: EventQueue = new EventQueue();
	readonly #pool: LoaderPool;
	readonly #loader: Loader;
	#starting: Promise<"running" | "suspended"> | null = null;
	#running: RunningEngine | null = null;
	#closing: Promise<void> | null = null;
	#requestCount = 0;
	#masterGainDecibels = 0;
	/** The performance that was running when the engine was shut down. */
	#unclaimedPerformance: Promise<Performance> | null = null;

	/** The log of what took effect. */
	readonly performance: PerformanceControl = new PerformanceControl({
		running: () => this.#mustRun().recorder,
		frames: () => this.#running?.recorder.frames ?? null,
		finished: () => this.#takeFinishedPerformance(),
	});

	/** @throws RangeError or TypeError for a wrong option. */
	protected constructor(host: Host, options: AudioEngineOptions) {
		this.#host = host;
		this.#options = checkOptions(options, Math.min(Math.max(host.processorCores - 1, 2), 6));
		const { cache } = this.#options;
		this.#cache = cache === null ? null : { ...cache, directory: host.cacheDirectory(cache.directory) };
		this.#pool = new LoaderPool(host, this.#options.loaderThreads);
		this.#loader = new Loader(this.#pool, () => this.#running?.publisher ?? null, host);
	}

	/**
	 * Opens the output and starts the audio thread. A second call returns the first promise.
	 *
	 * Call it in a user's gesture where the platform asks for one; else it ends in "suspended" and `resume` goes on.
	 * @throws LooperError `unsupported-platform`, `out-of-memory` or `closed`.
	 */
	run(): Promise<"running" | "suspended"> {
		if (this.#closing !== null) return Promise.reject(closed());
		this.#starting ??= this.#start().catch((error: unknown) => {
			this.#starting = null;
			throw error;
		});
		return this.#starting;
	}

	/**
	 * Asks the platform to let a suspended engine sound; call it in a user's gesture. Settles when the audio thread has every
	 * command sent before: await it before an OfflineAudioContext starts to render.
	 */
	async resume(): Promise<void> {
		const running = this.#mustRun();
		running.port.noteResume();
		await running.device.resume();
		if (this.#closing === null) running.followDevice();
		await running.delivered();
	}

	/** Ends live loads in `cancelled`, fades out and releases everything. Idempotent. */
	shutDown(): Promise<void> {
		this.#closing ??= this.#shutDown();
		return this.#closing;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.shutDown();
	}

	/**
	 * Loads a sample into a slot in the background; `pollLoaderEvents` tells how it goes. The slot keeps playing what it
	 * has until the load succeeds. A live load of the same slot ends in `cancelled`.
	 *
	 * @param id - slot, 0..slots-1
	 * @returns the request's number, which its events carry.
	 * @throws RangeError or TypeError for wrong arguments.
	 */
	loadSampleAsync(id: number, source: SampleSource, options: LoadOptions = {}): number {
		checkLoadOptions(options);
		return this.#load(id, source, options, (origin) => observeWithEvents(origin, this.#events));
	}

	/**
	 * The same load with a promise instead of events.
	 *
	 * @throws RangeError or TypeError for wrong arguments, at the call; the promise rejects with LooperError.
	 */
	loadSample(id: number, source: SampleSource, options: AwaitedLoadOptions = {}): Promise<SampleInfo> {
		checkLoadOptions(options);
		const { promise, observer } = awaitLoad(options.onProgress);
		this.#load(id, source, options, () => observer);
		return promise;
	}

	/** Ends the slot's live load, if there is one, in `cancelled`. */
	cancelLoad(id: number): void {
		this.#checkCall(id);
		this.#loader.cancel(id);
	}

	/** Empties the slot: its voices fade out, its live load ends in `cancelled`. @throws LooperError `ring-full`. */
	unloadSample(id: number): void {
		this.#checkCall(id);
		if (this.#running?.publisher.unload(id) === false) throw ringFull(CONTROL_RING_COMMANDS);
		this.#loader.cancel(id, "the slot was unloaded during the load");
	}

	/** @returns the oldest event that waits, null when there is none. Works after `shutDown`, too. */
	pollLoaderEvents(): LoaderEvent | null {
		return this.#events.poll();
	}

	/**
	 * Starts a voice in the next block, or at `options.atFrame`. While the engine is suspended only the latest trigger is kept,
	 * and played if sound resumes within 500 ms, or within 2 s when `resume` was called with it.
	 *
	 * @param id - slot, 0..slots-1; an empty one is ignored
	 * @param velocity - 0..1, the voice's gain
	 * @throws RangeError for wrong arguments; LooperError `ring-full` (1,024 commands wait for the audio thread, or 1,024 for
	 * their frame), `not-running` or `closed`.
	 */
	playSample(id: number, velocity: number, options?: PlayOptions): void {
		this.#checkCall(id);
		checkVelocity(velocity);
		const atFrame = checkAtFrame(options?.atFrame);
		const { port } = this.#mustRun();
		this.#checkSent(port.playSample(id, velocity, options?.loop === true ? PLAY_LOOPING : 0, atFrame), atFrame);
	}

	/**
	 * Fades out every voice of the slot, in the next block or from `options.atFrame` on.
	 *
	 * @throws RangeError for wrong arguments; LooperError `ring-full`.
	 */
	stopSample(id: number, options?: StopOptions): void {
		this.#checkCall(id);
		const atFrame = checkAtFrame(options?.atFrame);
		this.#checkSent(this.#running?.port.stopSample(id, atFrame) ?? true, atFrame);
	}

	/** Fades out every voice and clears what waits for its frame, of every thread. @throws LooperError `ring-full`. */
	stopAll(): void {
		this.#checkOpen();
		this.#checkSent(this.#running?.port.stopAll() ?? true);
	}

	/** Gain of the whole output in decibels, -Infinity..24; 0 at first. */
	get masterGainDecibels(): number {
		return this.#masterGainDecibels;
	}

	set masterGainDecibels(decibels: number) {
		this.#checkOpen();
		checkGain(decibels);
		this.#checkSent(this.#running?.port.setMasterGain(decibels) ?? true);
		this.#masterGainDecibels = decibels;
	}

	/** @returns what the slot's next trigger will play, null when it is empty. */
	sampleInfo(id: number): SampleInfo | null {
		this.#checkCall(id);
		return this.#running?.publisher.info(id) ?? null;
	}

	/** @returns what the slot is sounding now, as of the newest block. */
	slotActivity(id: number): SlotActivity {
		checkSlot(id, this.#options.sampleSlots);
		if (this.#running === null) return { voices: 0, positionSec: 0 };
		const { voices, positionFrames } = this.#running.status.readSlot(id);
		return { voices, positionSec: positionFrames / this.#running.device.sampleRate };
	}

	/** @returns a snapshot of the engine. */
	stats(): EngineStats {
		const running = this.#running;
		running?.samples.freeRetired();
		running?.glitches.look();
		const status = running?.status.read();
		return {
			state: this.#state(),
			sampleRate: running?.device.sampleRate ?? 0,
			blockFrames: status?.blockFrames ?? 0,
			frame: status?.frame ?? 0,
			outputLatencySec: running?.device.outputLatencySec ?? 0,
			activeVoices: status?.activeVoices ?? 0,
			droppedVoices: status?.droppedVoices ?? 0,
			lateCommands: status?.lateCommands ?? 0,
			glitches: running?.glitches.report ?? NO_GLITCHES,
			underruns: running === null ? 0 : running.device.underruns,
			lostEvents: this.#events.lostEvents,
			cacheHits: this.#pool.cacheCounts.hits,
			cacheFailures: this.#pool.cacheCounts.failures,
			peak: running?.status.takePeak() ?? 0,
			pcmBytes: running?.samples.usedBytes ?? 0,
			memoryBytes: running?.memory.byteLength ?? 0,
			threading: chooseThreading(this.#options.threading),
		};
	}

	/**
	 * A stream for another thread, which opens it with `AudioStreamHandle.open(descriptor)`.
	 *
	 * @throws LooperError `not-running` before `run`, `ring-full` when all 16 are in use.
	 */
	createStreamHandle(): StreamGrant {
		return this.#mustRun().streams.grant();
	}

	/**
	 * Renders the next frames of an engine with `output: "offline"`.
	 *
	 * @param frames - how many, 0..2^31-1
	 * @returns left and right, fresh arrays.
	 * @throws LooperError `not-running` before `run`; TypeError when the output is a device.
	 */
	renderOffline(frames: number): [Float32Array, Float32Array] {
		const { device, recorder } = this.#mustRun();
		checkFrames(frames);
		if (!(device instanceof OfflineDevice)) throw new TypeError('renderOffline needs an engine with output: "offline"');
		return device.render(frames, () => recorder.drain());
	}

	/** What exists while the engine runs. @throws LooperError `not-running` or `closed`. */
	protected get running(): RunningEngine {
		return this.#mustRun();
	}

	/** The node that the engine sounds through, null before `run` and offline; the entries give it its type. */
	protected get outputNode(): unknown {
		return this.#running?.device.output ?? null;
	}

	async #start(): Promise<"running" | "suspended"> {
		const start = { host: this.#host, options: this.#options, isClosing: () => this.#closing !== null };
		const { running, loaderModule } = await startEngine(start);
		this.#running = running;
		running.port.setMasterGain(this.#masterGainDecibels);
		running.followDevice();
		this.#pool.open({
			memory: running.memory.memory,
			openPcm: running.openPcm,
			sampleMemory: running.samples,
			loaderModule,
			engineSampleRate: running.device.sampleRate,
			cache: this.#cache,
		});
		await this.resume();
		return running.device.state === "running" ? "running" : "suspended";
	}

	async #shutDown(): Promise<void> {
		const ending = this.#loader.shutDown();
		// A start in flight sees that the engine is closing and releases its device itself.
		await this.#starting?.catch(() => {});
		await this.#running?.close();
		this.#unclaimedPerformance = this.#running?.recorder.finish() ?? null;
		// Suppress the unhandled rejection; `performance.stop()` rethrows it.
		this.#unclaimedPerformance?.catch(() => {});
		await ending;
		this.#running = null;
	}

	/** @returns null while the engine is open. */
	#takeFinishedPerformance(): Promise<Performance> | null {
		if (this.#closing === null) return null;
		return this.#closing.then(() => {
			const finished = this.#unclaimedPerformance ?? Promise.reject(closed());
			this.#unclaimedPerformance = null;
			return finished;
		});
	}

	#state(): EngineState {
		if (this.#closing !== null) return "closed";
		if (this.#running === null) return "idle";
		return this.#running.device.state;
	}

	#load(id: number, source: SampleSource, options: LoadOptions, observe: (origin: LoadOrigin) => LoadObserver): number {
		this.#checkCall(id);
		const { priority = "normal", signal, strict = false, transfer = false, trimEncoderDelay = true } = options;
		const named = nameSource(source, transfer, this.#host);
		this.#requestCount += 1;
		const requestId = this.#requestCount;
		const request: LoadRequest = {
			slot: id,
			requestId,
			sourceName: named.name,
			source: named.source,
			isUrgent: priority === "high",
			strict,
			trimEncoderDelay,
			observer: abortable(observe({ id, requestId, source: named.name }), signal, () =>
				this.#loader.cancelRequest(request),
			),
		};
		this.#loader.start(request);
		if (signal?.aborted === true) this.#loader.cancelRequest(request);
		return requestId;
	}

	#mustRun(): RunningEngine {
		this.#checkOpen();
		if (this.#running !== null) return this.#running;
		throw new LooperError("not-running", "the engine does not run yet; await run() first");
	}

	#checkOpen(): void {
		if (this.#closing !== null) throw closed();
		this.#running?.samples.freeRetired();
		this.#running?.recorder.drain();
	}

	#checkCall(id: number): void {
		checkSlot(id, this.#options.sampleSlots);
		this.#checkOpen();
	}

	#checkSent(isSent: boolean, atFrame: number = IMMEDIATELY): void {
		if (isSent) return;
		const isTimedFull = atFrame !== IMMEDIATELY && (this.#running?.port.timedRoom ?? 0) <= 0;
		throw isTimedFull ? timedFull(CONTROL_RING_COMMANDS) : ringFull(CONTROL_RING_COMMANDS);
	}
}
