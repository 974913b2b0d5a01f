import type { AudioDevice } from "../device/audio-device.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import type { PortLike, Transferred } from "../protocol/message-port.ts";
import type { CaptureOrigin } from "../protocol/recording-messages.ts";
import type { RoutedStreamDescriptor, StreamDescriptor } from "../protocol/stream-descriptor.ts";
import type { FromPcmReceiver, ToPcmReceiver } from "../protocol/threading-messages.ts";

/** Where a loader thread writes its PCM. */
export interface PcmConnection {
	/** The memory that all threads share, or the loader thread's port to the audio thread. */
	readonly pcm: WebAssembly.Memory | PortLike<FromPcmReceiver, ToPcmReceiver>;
	/** What has to be transferred with it. */
	readonly transfer: readonly Transferred[];
	/** Ends it; settles when nothing of the loader thread arrives any more. */
	drop(): Promise<void>;
}

/** How another thread's commands reach the audio thread. */
export interface ProducerConnection {
	/** What that thread needs to open its end. */
	readonly descriptor: RoutedStreamDescriptor;
	/** What has to be transferred with it. */
	readonly transfer: readonly Transferred[];
	/** Ends it. @param onEnded - called when nothing of the producer arrives any more */
	close(onEnded: () => void): void;
}

/** Where the recording thread finds what is captured. */
export interface CaptureConnection {
	readonly origin: CaptureOrigin;
	/** What has to be transferred with it. */
	readonly transfer: readonly Transferred[];
}

/** What starts the audio thread. */
export type StartableDevice = Pick<AudioDevice, "start" | "startWithMessages">;

/**
 * How threads exchange commands, samples and status: over memory that they share, or over message ports.
 *
 * Thread: control.
 */
export interface Threading {
	/** The engine memory, or the control thread's mirror of it. */
	readonly memory: EngineMemory;
	/** Which of the built kernels the audio thread runs. */
	readonly kernelAsset: "kernel" | "kernelUnshared";
	/** Starts the audio thread. @throws LooperError `unsupported-platform` or `out-of-memory`. */
	start(device: StartableDevice, module: WebAssembly.Module, onStateChange: () => void): Promise<void>;
	/** Called after each command written into the control ring. */
	commandWritten(): void;
	/** Settles when the audio thread has every command sent so far; with a bound, because a context may be gone. */
	delivered(): Promise<void>;
	connectLoader(): PcmConnection;
	connectProducer(identity: StreamDescriptor): ProducerConnection;
	/** @param isDirect - whether the control thread records and renders, so that messages are calls */
	connectRecorder(isDirect: boolean): CaptureConnection;
	/** Ends every connection. */
	close(): void;
}
