import {
	checkDeviceId,
	checkLoadOptions,
	checkMoment,
	checkPlayOptions,
	checkSlot,
	checkVelocity,
} from "./check-arguments.ts";
import { Controls } from "./controls.ts";
import { closed, contextClosed, type LooperError, notRunning } from "./errors.ts";
import { type AudioEngineEventMap, type AudioEngineListener, EventListeners } from "./event-listeners.ts";
import type { Host } from "./host.ts";
import { EventQueue } from "./loading/event-queue.ts";
import type { Master } from "./master.ts";
import { type CheckedOptions, checkOptions } from "./options.ts";
import type { Pad } from "./pad.ts";
import { EnginePerformance } from "./performance/engine-performance.ts";
import type { PerformanceControl } from "./performance/performance-control.ts";
import { UnclaimedPerformance } from "./performance/unclaimed-performance.ts";
import { clearActivity, Metering } from "./playback/metering.ts";
import { Preparation } from "./preparation.ts";
import type { Activity } from "./protocol/activity.ts";
import type {
	AudioEngineOptions,
	AwaitedLoadOptions,
	EngineState,
	EngineStats,
	LoadOptions,
	PlayOptions,
	Rendered,
	RenderOptions,
	SampleInfo,
	TimingOptions,
	Voice,
} from "./protocol/engine-types.ts";
import type { LoaderEvent } from "./protocol/loader-events.ts";
import type { PlatformAudioNode } from "./protocol/platform-types.ts";
import type { SampleSource } from "./protocol/sample-source.ts";
import type { StreamGrant } from "./protocol/stream-descriptor.ts";
import { readStats } from "./read-stats.ts";
import type { RecordingControl } from "./recording/recording-control.ts";
import type { CommandWriter } from "./rings/command-writer.ts";
import { IMMEDIATELY, type Moment } from "./rings/moment.ts";
import type { RunningEngine } from "./running-engine.ts";
import { chooseThreading, connectParts } from "./start-engine.ts";
import type { Transport } from "./transport.ts";

/**
 * Loads samples in the background and plays them at once, on any host. The package's entries export it with their platform's
 * host bound.
 *
 * Thread: control. No method blocks; every method but `shutDown` and the readers throws LooperError `closed` after
 * `shutDown`, and once the caller has closed the context, which ends live loads in `closed`, too.
 */
export class HostedEngine {
	/** What callers know the class as. @internal */
	static readonly name: string = "AudioEngine";

	readonly #host: Host;
	readonly #options: CheckedOptions;
	readonly #listeners: EventListeners = new EventListeners();
	readonly #events: EventQueue = new EventQueue((event) => this.#listeners.emit("loader", event));
	readonly #preparation: Preparation;
	#starting: Promise<void> | null = null;
	#running: RunningEngine | null = null;
	#closing: Promise<void> | null = null;
	readonly #controls: Controls = new Controls({
		outlet: { send: (count, moment, write) => this.#sendAll(count, moment, write) },
		position: () => this.#running?.transportPosition ?? null,
		running: () => this.#mustRun(),
		after: (milliseconds, task) => this.#host.after(milliseconds, task),
		pads: () => this.#options.sampleSlots,
		published: (id) => this.#preparation.engine?.publisher.published(id) ?? null,
		load: (id, source, options) => this.loadSample(id, source, options),
		analysis: () => this.#preparation.analysis,
		isFree: (id) => this.#preparation.isFree(id),
		cancelLoad: (id) => this.#preparation.cancelLoad(id, "The pad was filled by a chop during the load."),
	});
	readonly #metering: Metering = new Metering((isOn) => this.#running?.memory.setMetering(isOn));
	readonly #unclaimed: UnclaimedPerformance = new UnclaimedPerformance();
	/** What all pads run into. */
	readonly master: Master = this.#controls.master;
	/** Tempo and position, and the lines that pads wait for. */
	readonly transport: Transport = this.#controls.transport;
	/** The log of what took effect. */
	readonly performance: PerformanceControl = new EnginePerformance({
		running: () => this.#mustRun().performanceLog,
		frames: () => this.#running?.performanceLog.frames ?? null,
		finished: () => this.#closing?.then(() => this.#unclaimed.take()) ?? null,
	});
	/** Records sound. */
	readonly recording: RecordingControl = this.#controls.recording;

	/** @throws RangeError or TypeError for a wrong option. @internal */
	constructor(host: Host, options: AudioEngineOptions) {
		this.#host = host;
		this.#options = checkOptions(options, host.processorCores);
		const parts = { host, options: this.#options, events: this.#events, isClosing: () => this.#closing !== null };
		this.#preparation = new Preparation({ ...parts, onStateChange: () => this.#followDevice() });
	}

	/**
	 * Starts the sound; opens the output first, unless a load has. Calling it again resumes a suspended output, as `resume` does.
	 *
	 * Call it in a user's gesture where the platform asks for one; else it ends in "suspended", until `run` or `resume` is called in one.
	 * @returns the state after this call.
	 * @throws LooperError `unsupported-platform`, `out-of-memory` or `closed`.
	 */
	async run(): Promise<"running" | "suspended"> {
		this.#checkOpen();
		// No turn passes before either: the user's gesture has to count.
		const asked = this.#running === null ? this.#preparation.allowSound() : this.resume();
		this.#starting ??= this.#start().catch((error: unknown) => {
			this.#starting = null;
			throw error;
		});
		await Promise.all([this.#starting, asked]);
		return this.#mustRun().device.state === "running" ? "running" : "suspended";
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
		this.#tellState();
		await running.delivered();
	}

	/** Ends live loads in `cancelled`, fades out and releases everything. Idempotent. */
	shutDown(): Promise<void> {
		this.#closing ??= this.#shutDown();
		this.#tellState();
		return this.#closing;
	}

	/** @internal `AsyncDisposal` declares it, where there is such a symbol. */
	[Symbol.asyncDispose](): Promise<void> {
		return this.shutDown();
	}

	/**
	 * Loads a sample into a slot in the background; `pollLoaderEvents` tells how it goes. The slot keeps playing what it
	 * has until the load succeeds. A live load of the same slot ends in `cancelled`. Before `run` it opens the output, which stays
	 * suspended.
	 *
	 * @param id - slot, 0..slots-1
	 * @returns the request's number, which its events carry.
	 * @throws RangeError or TypeError for wrong arguments.
	 */
	loadSampleAsync(id: number, source: SampleSource, options: LoadOptions = {}): number {
		checkLoadOptions(options);
		this.#checkCall(id);
		return this.#preparation.startLoad(id, source, options);
	}

	/**
	 * The same load with a promise instead of events.
	 *
	 * @throws RangeError or TypeError for wrong arguments, at the call; the promise rejects with LooperError.
	 */
	loadSample(id: number, source: SampleSource, options: AwaitedLoadOptions = {}): Promise<SampleInfo> {
		checkLoadOptions(options);
		this.#checkCall(id);
		return this.#preparation.awaitLoad(id, source, options);
	}

	/** As `loadSample`, onto the pad of that name, or the highest free one. @returns the pad. @throws LooperError `no-free-slot`, too. */
	load(name: string, source: SampleSource, options: AwaitedLoadOptions = {}): Promise<Pad> {
		return this.#controls.named.load(name, source, options);
	}

	/** Ends the slot's live load, if there is one, in `cancelled`. */
	cancelLoad(id: number): void {
		this.#checkCall(id);
		this.#preparation.cancelLoad(id);
	}

	/** Empties the slot: its voices fade out, its live load ends in `cancelled`. @throws LooperError `ring-full`. */
	unloadSample(id: number): void {
		this.#checkCall(id);
		const { engine } = this.#preparation;
		engine?.checkSent(engine.publisher.unload(id));
		this.#preparation.cancelLoad(id, "The slot was unloaded during the load.");
		this.#preparation.analysis.dropUnwanted();
	}

	/** @returns the oldest event that waits, null when there is none. */
	pollLoaderEvents(): LoaderEvent | null {
		return this.#events.poll();
	}

	/**
	 * Calls a listener with every event of a type from now on, in order, after the call that caused it has returned, after `shutDown`
	 * too. What a listener throws goes to `reportError`; in Node it is an unhandled rejection.
	 *
	 * @param type - "loader", "state", "pad" or "dropout"
	 * @throws RangeError or TypeError for wrong arguments.
	 */
	addEventListener<Type extends keyof AudioEngineEventMap>(type: Type, listener: AudioEngineListener<Type>): void {
		this.#listeners.add(type, listener);
	}

	/** Calls the listener no more. @throws RangeError for a wrong type. */
	removeEventListener<Type extends keyof AudioEngineEventMap>(type: Type, listener: AudioEngineListener<Type>): void {
		this.#listeners.remove(type, listener);
	}

	/**
	 * Starts a voice in the next block, or at the moment of the options. While the engine is suspended only the latest trigger is kept,
	 * and played if sound resumes within 500 ms, or within 2 s when `resume` was called with it.
	 *
	 * @param id - slot, 0..slots-1; an empty one is ignored
	 * @param velocity - 0..1, the voice's gain. Default 1
	 * @returns the voice, to stop or to change it alone.
	 * @throws RangeError for wrong arguments; LooperError `ring-full` (1,024 commands wait for the audio thread, or 1,024 for
	 * their frame), `not-running` or `closed`.
	 */
	playSample(id: number, velocity: number = 1, options: PlayOptions = {}): Voice {
		this.#checkCall(id);
		checkVelocity(velocity);
		checkPlayOptions(options);
		return this.#mustRun().play(id, velocity, options);
	}

	/**
	 * Fades out every voice of the slot and cancels what its pad waits for, in the next block or at the moment of the options.
	 *
	 * @throws RangeError for wrong arguments; LooperError `ring-full`.
	 */
	stopSample(id: number, options?: TimingOptions): void {
		this.#checkCall(id);
		const moment = checkMoment(options);
		this.#running?.checkLine(moment);
		this.#running?.checkSent(this.#running.writer.stopSample(id, moment), moment);
	}

	/** Fades out every voice and clears what waits for its frame or its line, of every thread. @throws LooperError `ring-full`. */
	stopAll(): void {
		this.#checkOpen();
		this.#running?.checkSent(this.#running.writer.stopAll());
		this.#controls.cancelWaiting((moment) => moment !== IMMEDIATELY);
	}

	/** The pad of a slot, the same object every time. @throws RangeError */
	pad(id: number): Pad {
		checkSlot(id, this.#options.sampleSlots);
		return this.#controls.pad(id);
	}

	/** The same as `master.gainDecibels`. */
	get masterGainDecibels(): number {
		return this.master.gainDecibels;
	}

	set masterGainDecibels(decibels: number) {
		this.master.gainDecibels = decibels;
	}

	/** Arrays for `readActivity`; the pads' meters are kept until every one that was made is closed. */
	createActivity(): Activity {
		this.#checkOpen();
		return this.#metering.createActivity(this.#options.sampleSlots);
	}

	/**
	 * Fills arrays from `createActivity` with the state of one block; call it once per animation frame. All is 0 before `run` and after
	 * `shutDown`. Does not allocate.
	 *
	 * @throws TypeError when they are not of this engine's `createActivity`.
	 */
	readActivity(into: Activity): void {
		this.#metering.checkActivity(into);
		if (this.#running === null) clearActivity(into);
		else this.#running.status.readActivity(into);
	}

	/** @returns what the slot's next trigger will play, null when it is empty, as every one is after `shutDown`. */
	sampleInfo(id: number): SampleInfo | null {
		checkSlot(id, this.#options.sampleSlots);
		return this.#preparation.engine?.publisher.published(id)?.info ?? null;
	}

	/** @returns a snapshot of the engine. */
	stats(): EngineStats {
		return readStats(this.#preparation.engine, {
			state: this.#state(),
			lostEvents: this.#events.lostEvents,
			cache: this.#preparation.cacheCounts,
			threading: chooseThreading(this.#options.threading),
		});
	}

	/**
	 * A stream for another thread, which opens it with `AudioStreamHandle.open(descriptor)`.
	 *
	 * @throws LooperError `not-running` before `run`, `ring-full` when all 16 are in use.
	 */
	createStreamHandle(): StreamGrant {
		return this.#mustRun().producers.grant();
	}

	/**
	 * Renders the next frames of an engine with `output: "offline"`.
	 * @param frames - how many, 0..2^31-1
	 * @returns left and right, then the cue bus's if it was asked for; fresh arrays.
	 * @throws LooperError `not-running` before `run`; TypeError when the output is a device.
	 */
	renderOffline<Cue extends boolean = false>(frames: number, options: RenderOptions<Cue> = {}): Rendered<Cue> {
		return this.#mustRun().render(frames, options) as Rendered<Cue>;
	}

	/**
	 * The node to connect to when the context is the caller's; connected already otherwise. Null before the first load or `run`,
	 * whichever comes first, and offline. In Node it exists a moment later, when the platform's module has been imported.
	 */
	get output(): PlatformAudioNode | null {
		return (this.#preparation.device?.output ?? null) as PlatformAudioNode | null;
	}

	/** Id of the device that it plays on; "" is the platform's default, and what there is before `run` and offline. */
	get outputDevice(): string {
		return this.#running?.device.outputDevice ?? "";
	}

	/** Whether outputs 3 and 4 of the device play the cue bus; false where the context is the caller's, which connects them. */
	get hasCueOutput(): boolean {
		return this.#running?.device.hasCueOutput ?? false;
	}

	/**
	 * Moves the sound to another output device, or leaves it where it is. What began on two outputs plays no cue bus until made anew.
	 *
	 * @param id - as `enumerateDevices` tells it; "" is the platform's default
	 * @throws LooperError `unsupported-platform`, `device-unavailable`, `not-running` or `closed`.
	 */
	async setOutputDevice(id: string): Promise<void> {
		checkDeviceId("id", id);
		await this.#mustRun().device.setOutputDevice(id);
	}

	/** What exists while an engine runs, for the player of performances. @throws LooperError `not-running` or `closed`. @internal */
	static partsOf(engine: HostedEngine): RunningEngine {
		return engine.#mustRun();
	}

	async #start(): Promise<void> {
		// No turn passes if all is ready.
		const running = this.#preparation.engine ?? (await this.#preparation.begin());
		this.#running = running;
		connectParts(running, { controls: this.#controls, metering: this.#metering, listeners: this.#listeners });
		running.followDevice();
		this.#tellState();
		await this.resume();
	}

	async #shutDown(): Promise<void> {
		await this.#preparation.close((engine) => this.#unclaimed.keep(engine.performanceLog.finish() ?? null));
		this.#running = null;
	}

	#followDevice(): void {
		if (this.#closing !== null) return;
		this.#running?.followDevice();
		this.#tellState();
	}

	readonly #tellState = (): void => this.#listeners.tellState(this.#state());

	#state(): EngineState {
		if (this.#refusal() !== null) return "closed";
		return this.#running?.device.state ?? "idle";
	}

	#mustRun(): RunningEngine {
		this.#checkOpen();
		if (this.#running !== null) return this.#running;
		throw notRunning();
	}

	/** @returns the error of all calls from now on; null while the engine is open. */
	#refusal(): LooperError | null {
		if (this.#closing !== null) return closed();
		return this.#preparation.isContextClosed ? contextClosed() : null;
	}

	#checkOpen(): void {
		const refusal = this.#refusal();
		if (refusal !== null) throw refusal;
		this.#preparation.engine?.samples.freeRetired();
		this.#running?.performanceLog.drain();
	}

	#checkCall(id: number): void {
		checkSlot(id, this.#options.sampleSlots);
		this.#checkOpen();
	}

	/** @returns as `CommandOutlet.send` */
	#sendAll(count: number, moment: Moment, write: (writer: CommandWriter) => boolean): boolean {
		this.#checkOpen();
		if (this.#running === null && moment !== IMMEDIATELY) throw notRunning();
		this.#running?.sendAll(count, moment, write);
		return this.#running !== null;
	}
}
