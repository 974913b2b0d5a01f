import { contextClosed, LooperError, withoutInput } from "../errors.ts";
import type { PortLike } from "../protocol/message-port.ts";
import { PROCESSOR_NAME } from "../protocol/processor-name.ts";
import type {
	FromMessageKernel,
	KernelStart,
	MessageKernelStart,
	ToMessageKernel,
} from "../protocol/threading-messages.ts";
import type { Scheduler } from "../scheduler.ts";
import type { AudioDevice, AudioDeviceOptions, DeviceState, OutputClock } from "./audio-device.ts";
import { OutputChoice, type OutputContext } from "./output-choice.ts";

/** The part of a Web Audio node that the engine needs. */
export interface AudioNodeLike {
	/** To the processor. */
	readonly port: PortLike<FromMessageKernel, ToMessageKernel>;
	connect(destination: unknown): unknown;
	disconnect(): void;
}

/** The part of a Web Audio context that the engine needs; browsers' and Node's contexts both have it. */
export interface AudioContextLike extends OutputContext {
	readonly sampleRate: number;
	readonly currentTime: number;
	readonly state: string;
	readonly audioWorklet: { addModule(location: string): Promise<unknown> };
	readonly baseLatency?: number;
	readonly outputLatency?: number;
	/** Chromium's count of underruns. */
	readonly playbackStats?: { readonly underrunEvents?: number; readonly underrunDuration?: number };
	addEventListener(type: "statechange", listener: () => void): void;
	removeEventListener(type: "statechange", listener: () => void): void;
	/** Not of offline contexts in every browser. */
	suspend?(): Promise<unknown>;
	resume?(): Promise<unknown>;
	createGain(): Pick<AudioNodeLike, "connect" | "disconnect">;
	close?(): Promise<unknown>;
	/** Not of offline contexts. */
	createMediaStreamSource?(stream: unknown): Pick<AudioNodeLike, "connect" | "disconnect">;
	/** Offline contexts only. */
	startRendering?(): Promise<unknown>;
}

/** What differs between the platforms' Web Audio. */
export interface WebAudioPlatform {
	createContext(options: { latencyHint: AudioDeviceOptions["latencyHint"]; sampleRate?: number }): AudioContextLike;
	createNode(
		context: AudioContextLike,
		name: string,
		options: {
			/** Connected while it is recorded. */
			readonly numberOfInputs: 1;
			readonly channelCount: 2;
			readonly channelCountMode: "explicit";
			readonly outputChannelCount: [number];
			readonly processorOptions: KernelStart | MessageKernelStart;
		},
	): AudioNodeLike;
	/** Whether it plays silence in place of late blocks, discards those and counts them as underruns. */
	readonly discardsLateBlocks: boolean;
	/** Whether it discards what it renders while it connects to the loudspeaker. */
	readonly losesItsStart: boolean;
	/** Whether `outputLatency` returns at once; otherwise it is never read. */
	readonly tellsOutputLatency: boolean;
	/** Whether contexts may start now: after a recent gesture, or always. */
	readonly letsStart: boolean;
}

/** How long `resume` waits for a context that the platform keeps suspended, */
const RESUME_PATIENCE_MS = 500;
/** and for one that may start, which takes a while on a busy machine. */
const START_PATIENCE_MS = 2000;

/** Assumed latency of a device that must not be queried, as measured. */
const ASSUMED_OUTPUT_LATENCY_SEC = 0.05;

/** Contexts that have the processor already: registering it twice is an error. */
const registered: WeakMap<AudioContextLike, Promise<unknown>> = new WeakMap();

/** The loudspeaker through Web Audio. Thread: control. */
export class WebAudioDevice implements AudioDevice {
	readonly pulled = null;
	readonly #platform: WebAudioPlatform;
	readonly #context: AudioContextLike;
	readonly #isOwn: boolean;
	readonly #worklet: string;
	readonly #choice: OutputChoice;
	/** The device to begin on. */
	readonly #wantedDevice: string;
	readonly #after: Scheduler["after"];
	#node: AudioNodeLike | null = null;
	/** What was asked for as the output before there was a node: passes on what the node plays. */
	#earlyOutput: Pick<AudioNodeLike, "connect" | "disconnect"> | null = null;
	#stopListening: () => void = () => {};

	/**
	 * @param after - the host's timer
	 * @throws LooperError `unsupported-platform` when the platform has no output to open.
	 */
	constructor(platform: WebAudioPlatform, options: AudioDeviceOptions, after: Scheduler["after"]) {
		this.#platform = platform;
		this.#after = after;
		this.#worklet = options.worklet;
		this.#wantedDevice = options.outputDevice;
		this.#isOwn = options.audioContext === undefined;
		this.#context = this.#isOwn ? createContext(platform, options) : checkContext(options.audioContext);
		this.#choice = new OutputChoice(this.#context, { isOwn: this.#isOwn, wantsCue: options.cueOutput });
		// While the kernel is compiled; `start` awaits it, and tells a failure.
		this.#register().catch(() => {});
	}

	get sampleRate(): number {
		return this.#context.sampleRate;
	}

	/** The worklet's node; where it was asked for before that exists, a gain of 1 behind it, of as many channels. */
	get output(): unknown {
		if (this.#node === null) this.#earlyOutput ??= this.#context.createGain();
		return this.#earlyOutput ?? this.#node;
	}

	/** An offline context counts as running: everything is loaded before it renders. */
	get state(): DeviceState {
		if (this.#isOffline) return "running";
		const state = this.#context.state;
		return state === "running" || state === "closed" || state === "interrupted" ? state : "suspended";
	}

	get outputLatencySec(): number {
		const { baseLatency = 0 } = this.#context;
		if (!("outputLatency" in this.#context)) return baseLatency;
		const mayAsk = this.#platform.tellsOutputLatency;
		return baseLatency + (mayAsk ? (this.#context.outputLatency ?? 0) : ASSUMED_OUTPUT_LATENCY_SEC);
	}

	get outputDevice(): string {
		return this.#choice.id;
	}

	get hasCueOutput(): boolean {
		return this.#choice.hasCue;
	}

	get underruns(): number | null {
		return this.#context.playbackStats?.underrunEvents ?? null;
	}

	get clock(): OutputClock | null {
		if (this.#isOffline) return null;
		const { currentTime, sampleRate, playbackStats } = this.#context;
		const discardedSeconds = this.#platform.discardsLateBlocks ? (playbackStats?.underrunDuration ?? 0) : 0;
		return { renderedFrames: Math.round(currentTime * sampleRate), discardedFrames: discardedSeconds * sampleRate };
	}

	get losesItsStart(): boolean {
		return this.#platform.losesItsStart && !this.#isOffline;
	}

	get #isOffline(): boolean {
		return typeof this.#context.startRendering === "function";
	}

	async start(kernel: KernelStart, onStateChange: (state: DeviceState) => void): Promise<void> {
		await this.#start(kernel, onStateChange);
	}

	async startWithMessages(
		kernel: MessageKernelStart,
		onStateChange: (state: DeviceState) => void,
	): Promise<AudioNodeLike["port"]> {
		return (await this.#start(kernel, onStateChange)).port;
	}

	async #start(
		kernel: KernelStart | MessageKernelStart,
		onStateChange: (state: DeviceState) => void,
	): Promise<AudioNodeLike> {
		await this.#register();
		// A device that is gone is no reason not to sound: `outputDevice` tells.
		await this.#settledWithin(START_PATIENCE_MS, this.#choice.choose(this.#wantedDevice));
		if (this.state === "closed") throw contextClosed();
		const node = this.#platform.createNode(this.#context, PROCESSOR_NAME, {
			numberOfInputs: 1,
			channelCount: 2,
			channelCountMode: "explicit",
			outputChannelCount: [this.#choice.openChannels()],
			processorOptions: kernel,
		});
		if (this.#earlyOutput !== null) node.connect(this.#earlyOutput);
		if (this.#isOwn) (this.#earlyOutput ?? node).connect(this.#context.destination);
		this.#node = node;
		const listener = (): void => onStateChange(this.state);
		this.#context.addEventListener("statechange", listener);
		this.#stopListening = () => this.#context.removeEventListener("statechange", listener);
		return node;
	}

	setOutputDevice(id: string): Promise<void> {
		return this.#choice.choose(id);
	}

	connectInput(stream: unknown): () => void {
		const node = this.#node;
		if (node === null || typeof this.#context.createMediaStreamSource !== "function") throw withoutInput();
		const source = this.#createSource(stream);
		source.connect(node);
		return () => source.disconnect();
	}

	#createSource(stream: unknown): Pick<AudioNodeLike, "connect" | "disconnect"> {
		try {
			const source = this.#context.createMediaStreamSource?.(stream);
			if (source !== undefined) return source;
		} catch (cause) {
			const message = `The value of source.input must be a MediaStream with sound, at the context's rate where the platform asks for that (${String(cause)}).`;
			throw new TypeError(message, { cause });
		}
		throw withoutInput();
	}

	suspend(): void {
		// A refusal does no harm: what runs early plays silence.
		if (this.#isOwn) this.#context.suspend?.().catch(() => {});
	}

	async resume(): Promise<void> {
		if (this.#isOffline || this.state === "running" || this.state === "closed") return;
		const patience = this.#platform.letsStart ? START_PATIENCE_MS : RESUME_PATIENCE_MS;
		// A refusal is no failure: the state says that sound waits for a gesture.
		await this.#settledWithin(patience, this.#context.resume?.() ?? Promise.resolve());
	}

	/** Waits until a promise is settled, either way, with a bound. */
	#settledWithin(milliseconds: number, settling: Promise<unknown>): Promise<void> {
		return new Promise((resolve) => {
			const cancel = this.#after(milliseconds, resolve);
			const settle = (): void => {
				cancel();
				resolve();
			};
			settling.then(settle, settle);
		});
	}

	async close(): Promise<void> {
		this.#stopListening();
		this.#node?.disconnect();
		this.#earlyOutput?.disconnect();
		this.#node = null;
		this.#earlyOutput = null;
		if (this.#isOwn && this.#context.state !== "closed") await this.#context.close?.();
	}

	async #register(): Promise<void> {
		const registering = registered.get(this.#context) ?? this.#context.audioWorklet.addModule(this.#worklet);
		registered.set(this.#context, registering);
		try {
			await registering;
		} catch (error) {
			registered.delete(this.#context);
			if (this.state === "closed") throw contextClosed();
			const message = `The audio worklet ${this.#worklet} cannot be loaded. Serve it beside the page, or set assets.worklet.`;
			throw new LooperError("unsupported-platform", message, { cause: error });
		}
	}
}

function createContext(platform: WebAudioPlatform, options: AudioDeviceOptions): AudioContextLike {
	const { latencyHint, sampleRate } = options;
	try {
		return platform.createContext(sampleRate === undefined ? { latencyHint } : { latencyHint, sampleRate });
	} catch (error) {
		const message = `No sound output can be opened (${String(error)}). Connect one, or use output: "offline".`;
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}

function checkContext(context: unknown): AudioContextLike {
	if (typeof context === "object" && context !== null && "audioWorklet" in context && "sampleRate" in context) {
		if ("state" in context && context.state === "closed") throw contextClosed();
		return context as AudioContextLike;
	}
	throw new TypeError("The value of audioContext must be an AudioContext or an OfflineAudioContext.");
}
