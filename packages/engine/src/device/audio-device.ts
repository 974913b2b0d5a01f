import type { PortLike } from "../protocol/message-port.ts";
import type {
	FromMessageKernel,
	KernelStart,
	MessageKernelStart,
	ToMessageKernel,
} from "../protocol/threading-messages.ts";

/** State of the context that drives the audio thread. */
export type DeviceState = "suspended" | "interrupted" | "running" | "closed";

/** What a device is opened with. */
export interface AudioDeviceOptions {
	/** A context of the caller's, which the device neither connects nor closes; undefined makes one. */
	readonly audioContext: unknown;
	/** Whether outputs 3 and 4 play the cue bus, where there are as many. */
	readonly cueOutput: boolean;
	/** The device to play on; "" is the platform's default. */
	readonly outputDevice: string;
	readonly sampleRate: number | undefined;
	readonly latencyHint: "interactive" | "balanced" | "playback" | number;
	/** Script of the audio worklet. */
	readonly worklet: string;
}

/** An output's progress, as its platform reports it. */
export interface OutputClock {
	/** Frames that it has asked for so far. */
	readonly renderedFrames: number;
	/** Those of them that came too late and were discarded; 0 where the platform discards none, or does not report it. */
	readonly discardedFrames: number;
}

/** What a caller renders with, on the control thread. */
export interface PulledOutput {
	/**
	 * Applies the commands that wait, at the next frame, exactly as the next block would, without rendering it.
	 *
	 * @param afterRound - called after every MAX_COMMANDS_PER_BLOCK commands at most, before the journal can be full
	 */
	applyCommands(afterRound?: () => void): void;
	/**
	 * Renders the next frames.
	 *
	 * @param channels - left and right, and those of the cue bus
	 * @param afterBlock - called after each block
	 */
	render(channels: readonly Float32Array[], afterBlock?: () => void): void;
}

/** A loudspeaker, or a context that stands for one. Control thread only. */
export interface AudioDevice {
	readonly sampleRate: number;
	readonly state: DeviceState;
	/** The node that the engine sounds through, from the first time that it is asked for; null offline. */
	readonly output: unknown;
	readonly outputLatencySec: number;
	/** Id of the device that it plays on; "" is the platform's default. */
	readonly outputDevice: string;
	/** Whether outputs 3 and 4 play the cue bus. */
	readonly hasCueOutput: boolean;
	/** Times the device ran dry; null where the platform does not report it. */
	readonly underruns: number | null;
	/** Null where no device sets the pace: offline. */
	readonly clock: OutputClock | null;
	/** Null where a device sets the pace, and not the caller. */
	readonly pulled: PulledOutput | null;
	/** Whether the first blocks that it renders may never be heard. */
	readonly losesItsStart: boolean;
	/** Starts the kernel on the audio thread; its memory has its header already. */
	start(kernel: KernelStart, onStateChange: (state: DeviceState) => void): Promise<void>;
	/** Starts a kernel that owns its memory. @returns the control thread's port to it. */
	startWithMessages(
		kernel: MessageKernelStart,
		onStateChange: (state: DeviceState) => void,
	): Promise<PortLike<FromMessageKernel, ToMessageKernel>>;
	/**
	 * Connects an input.
	 *
	 * @returns what disconnects it
	 * @throws LooperError `unsupported-platform` where there are no inputs; TypeError when it is none.
	 */
	connectInput(stream: unknown): () => void;
	/**
	 * Moves the sound to another device; where that fails it stays where it was.
	 *
	 * @throws LooperError `unsupported-platform` or `device-unavailable`.
	 */
	setOutputDevice(id: string): Promise<void>;
	/** Keeps a context of the device's own from running until `resume`. */
	suspend(): void;
	/** Asks the platform to run; waits for it with a bound. */
	resume(): Promise<void>;
	/** Ends the audio thread, and closes the context unless it is the caller's. */
	close(): Promise<void>;
}
