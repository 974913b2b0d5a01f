import type { AudioDevice, AudioDeviceOptions } from "./output/audio-device.ts";
import type { FromLoaderThread, LoadSource, ToLoaderThread } from "./protocol/loader-messages.ts";
import type { ChannelLike, Transferred } from "./protocol/message-port.ts";

/** Where the engine's own files are, resolved. */
export interface AssetLocations {
	readonly kernel: string;
	readonly kernelUnshared: string;
	readonly loaderKernel: string;
	readonly loaderThread: string;
	readonly worklet: string;
}

/** What the control thread receives from one loader thread. */
export interface LoaderThreadListener {
	onMessage(message: FromLoaderThread): void;
	/** The thread has failed by itself and does nothing more. */
	onCrash(reason: string): void;
}

/** One loader thread, seen from the control thread. */
export interface LoaderThread {
	/** Name of the lock that the thread has to hold for life; empty where the platform tells a thread's end itself. */
	readonly lifeLock: string;
	/** @throws when a value in the message cannot be cloned. */
	post(message: ToLoaderThread, transfer?: readonly Transferred[]): void;
	/** Ends the thread; settles when it is known to write nothing more. */
	terminate(): Promise<void>;
}

/** What the engine needs of the platform it runs on. Control thread only. */
export interface Host {
	readonly assets: AssetLocations;
	readonly processorCores: number;
	/** Milliseconds of a clock that never steps back. */
	now(): number;
	/** Calls back once after the given milliseconds; the answer cancels it. */
	after(milliseconds: number, callback: () => void): () => void;
	/** Calls back once when this thread has nothing else to do, or soon anyway; the answer cancels it. */
	whenIdle(callback: () => void): () => void;
	/** Fetches and compiles a WebAssembly file without blocking. */
	compile(location: string): Promise<WebAssembly.Module>;
	/** Never throws: a thread that cannot be started crashes. */
	spawnLoaderThread(location: string, listener: LoaderThreadListener): LoaderThread;
	isBlob(value: unknown): value is Blob;
	/** Resolves a path or URL where the caller stands. */
	resolveSource(source: string): LoadSource;
	/**
	 * Where decoded samples are kept.
	 *
	 * @param directory - the caller's choice, where the platform has one
	 */
	cacheDirectory(directory: string | undefined): string;
	/** Takes the buffer's bytes over, which detaches it. */
	detach(buffer: ArrayBuffer): ArrayBuffer;
	createChannel<One, Other>(): ChannelLike<One, Other>;
	/** Opens the loudspeaker. Creates the context before it first waits, so that a user's gesture counts. */
	openDevice(options: AudioDeviceOptions): Promise<AudioDevice>;
}
