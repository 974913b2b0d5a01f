import type { MessageKernelStart } from "../protocol/threading-messages.ts";
import type { KernelConnection } from "./kernel-connection.ts";

/** State of the context that drives the audio thread. */
export type DeviceState = "suspended" | "interrupted" | "running" | "closed";

/** What a device is opened with. */
export interface AudioDeviceOptions {
	/** A context of the caller's, which the device neither connects nor closes; undefined makes one. */
	readonly audioContext: unknown;
	readonly sampleRate: number | undefined;
	readonly latencyHint: "interactive" | "balanced" | "playback" | number;
	/** Script of the audio worklet. */
	readonly worklet: string;
}

/** What the audio thread is started with where memory is shared. */
export interface KernelStart {
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
}

/** How far an output has come, told by its platform. */
export interface OutputClock {
	/** Frames that it has asked for so far. */
	readonly renderedFrames: number;
	/** Those of them that came too late and were thrown away; 0 where the platform does not throw any away, or does not tell. */
	readonly discardedFrames: number;
}

/** A loudspeaker, or a context that stands for one. Control thread only. */
export interface AudioDevice {
	readonly sampleRate: number;
	readonly state: DeviceState;
	/** The node that the engine sounds through; null until `start`. */
	readonly output: unknown;
	readonly outputLatencySec: number;
	/** Times the device ran dry; null where the platform does not tell. */
	readonly underruns: number | null;
	/** Null where no device sets the pace: offline. */
	readonly clock: OutputClock | null;
	/** Whether what it renders right after it has begun to run may never be heard. */
	readonly losesItsStart: boolean;
	/** Starts the kernel on the audio thread; its memory has its header already. */
	start(kernel: KernelStart, onStateChange: (state: DeviceState) => void): Promise<void>;
	/** Starts a kernel that owns its memory, and connects the link to it. */
	startWithMessages(
		kernel: MessageKernelStart,
		link: KernelConnection,
		onStateChange: (state: DeviceState) => void,
	): Promise<void>;
	/** Asks the platform for sound; waits for it with a bound. */
	resume(): Promise<void>;
	/** Ends the audio thread, and closes the context unless it is the caller's. */
	close(): Promise<void>;
}
