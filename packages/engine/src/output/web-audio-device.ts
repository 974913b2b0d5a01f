import { LooperError } from "../errors.ts";
import { listen, type PortLike, send } from "../protocol/message-port.ts";
import type { FromMessageKernel, MessageKernelStart, ToMessageKernel } from "../protocol/threading-messages.ts";
import type { AudioDevice, AudioDeviceOptions, DeviceState, KernelStart, OutputClock } from "./audio-device.ts";
import type { KernelConnection } from "./kernel-connection.ts";
import { PROCESSOR_NAME } from "./processor-name.ts";

/** The part of a Web Audio node that the engine needs. */
export interface AudioNodeLike {
	/** To the processor. */
	readonly port: PortLike<FromMessageKernel, ToMessageKernel>;
	connect(destination: unknown): unknown;
	disconnect(): void;
}

/** The part of a Web Audio context that the engine needs; browsers' and Node's contexts both have it. */
export interface AudioContextLike {
	readonly sampleRate: number;
	readonly currentTime: number;
	readonly state: string;
	readonly destination: unknown;
	readonly audioWorklet: { addModule(location: string): Promise<unknown> };
	readonly baseLatency?: number;
	readonly outputLatency?: number;
	/** Chromium's count of the device's failures. */
	readonly playbackStats?: { readonly underrunEvents?: number; readonly underrunDuration?: number };
	addEventListener(type: "statechange", listener: () => void): void;
	removeEventListener(type: "statechange", listener: () => void): void;
	resume?(): Promise<unknown>;
	close?(): Promise<unknown>;
	/** Offline contexts only. */
	startRendering?(): Promise<unknown>;
}

/** What differs between the platforms' Web Audio. */
export interface WebAudioPlatform {
	createContext(options: { latencyHint: AudioDeviceOptions["latencyHint"]; sampleRate?: number }): AudioContextLike;
	createNode(context: AudioContextLike, name: string, start: KernelStart | MessageKernelStart): AudioNodeLike;
	/** Whether it plays silence in place of blocks that come too late, throws those away and counts them as underruns. */
	readonly discardsLateBlocks: boolean;
	/** Whether it throws away what it renders while it connects to the loudspeaker. */
	readonly losesItsStart: boolean;
	/** Whether `outputLatency` answers at once; else it is never asked. */
	readonly tellsOutputLatency: boolean;
	/** Whether it lets contexts start now, because a person has touched the page a moment ago or because it always does. */
	readonly letsStart: boolean;
}

/** How long `resume` waits for a context that the platform keeps suspended, */
const RESUME_PATIENCE_MS = 500;
/** and for one that it lets start, which takes a busy machine its time. */
const START_PATIENCE_MS = 2000;

/** What a device that may not be asked is taken to add: as much as it added where it was measured. */
const ASSUMED_OUTPUT_LATENCY_SEC = 0.05;

/** Contexts whose worklet has the processor already: a second registration is an error. */
const registered: WeakMap<AudioContextLike, Promise<unknown>> = new WeakMap();

/** The loudspeaker through Web Audio. Thread: control. */
export class WebAudioDevice implements AudioDevice {
	readonly #platform: WebAudioPlatform;
	readonly #context: AudioContextLike;
	readonly #isOwn: boolean;
	readonly #worklet: string;
	readonly #after: (milliseconds: number, callback: () => void) => () => void;
	#node: AudioNodeLike | null = null;
	#stopListening: () => void = () => {};

	/**
	 * @param after - the host's timer
	 * @throws LooperError `unsupported-platform` when the platform has no output to open.
	 */
	constructor(
		platform: WebAudioPlatform,
		options: AudioDeviceOptions,
		after: (milliseconds: number, callback: () => void) => () => void,
	) {
		this.#platform = platform;
		this.#after = after;
		this.#worklet = options.worklet;
		this.#isOwn = options.audioContext === undefined;
		this.#context = this.#isOwn ? createContext(platform, options) : checkContext(options.audioContext);
	}

	get sampleRate(): number {
		return this.#context.sampleRate;
	}

	get output(): unknown {
		return this.#node;
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
		link: KernelConnection,
		onStateChange: (state: DeviceState) => void,
	): Promise<void> {
		const { port } = await this.#start(kernel, onStateChange);
		listen(port, (message) => link.onMessage(message));
		link.connect({ post: (message, transfer) => send(port, message, transfer), close: () => port.close() });
	}

	async #start(
		kernel: KernelStart | MessageKernelStart,
		onStateChange: (state: DeviceState) => void,
	): Promise<AudioNodeLike> {
		await this.#register();
		const node = this.#platform.createNode(this.#context, PROCESSOR_NAME, kernel);
		if (this.#isOwn) node.connect(this.#context.destination);
		this.#node = node;
		const listener = (): void => onStateChange(this.state);
		this.#context.addEventListener("statechange", listener);
		this.#stopListening = () => this.#context.removeEventListener("statechange", listener);
		return node;
	}

	async resume(): Promise<void> {
		if (this.#isOffline || this.state === "running" || this.state === "closed") return;
		const context = this.#context;
		const patience = this.#platform.letsStart ? START_PATIENCE_MS : RESUME_PATIENCE_MS;
		await new Promise<void>((resolve) => {
			const cancel = this.#after(patience, resolve);
			const settle = (): void => {
				cancel();
				resolve();
			};
			// A refusal is no failure: the state says that sound waits for a gesture.
			context.resume?.().then(settle, settle);
		});
	}

	async close(): Promise<void> {
		this.#stopListening();
		this.#node?.disconnect();
		this.#node = null;
		if (this.#isOwn && this.#context.state !== "closed") await this.#context.close?.();
	}

	async #register(): Promise<void> {
		const registering = registered.get(this.#context) ?? this.#context.audioWorklet.addModule(this.#worklet);
		registered.set(this.#context, registering);
		try {
			await registering;
		} catch (error) {
			registered.delete(this.#context);
			const message = `the audio worklet ${this.#worklet} cannot be loaded; serve it beside the page or set assets.worklet`;
			throw new LooperError("unsupported-platform", message, { cause: error });
		}
	}
}

function createContext(platform: WebAudioPlatform, options: AudioDeviceOptions): AudioContextLike {
	const { latencyHint, sampleRate } = options;
	try {
		return platform.createContext(sampleRate === undefined ? { latencyHint } : { latencyHint, sampleRate });
	} catch (error) {
		const message = `no sound output can be opened (${String(error)}); connect one, or use output: "offline"`;
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}

function checkContext(context: unknown): AudioContextLike {
	if (typeof context === "object" && context !== null && "audioWorklet" in context && "sampleRate" in context) {
		return context as AudioContextLike;
	}
	throw new TypeError("audioContext must be an AudioContext or an OfflineAudioContext");
}
