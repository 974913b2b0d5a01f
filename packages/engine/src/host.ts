import type { AudioDevice, AudioDeviceOptions } from "./device/audio-device.ts";
import type { FromAnalysisThread, ToAnalysisThread } from "./protocol/analysis-messages.ts";
import type { DecoderFileLocations } from "./protocol/decoder-names.ts";
import type { LoadSource } from "./protocol/load-source.ts";
import type { FromLoaderThread, ToLoaderThread } from "./protocol/loader-messages.ts";
import type { ChannelLike, Transferred } from "./protocol/message-port.ts";
import type { FromRecordingThread, ToRecordingThread } from "./protocol/recording-messages.ts";
import type { TakeFiles } from "./recording/take.ts";
import type { TakeStore } from "./recording/take-file.ts";
import type { Scheduler } from "./scheduler.ts";

/** Where the engine's own files are, resolved. */
export interface AssetLocations {
	readonly kernel: string;
	readonly kernelUnshared: string;
	readonly loaderKernel: string;
	readonly loaderThread: string;
	readonly recordingThread: string;
	readonly analysisThread: string;
	readonly worklet: string;
	/** Absolute addresses, as threads import them. */
	readonly decoderFiles: DecoderFileLocations;
}

/** The scripts of threads. */
export type ThreadAsset = "loaderThread" | "recordingThread" | "analysisThread";

/** What the control thread receives from one loader thread. */
export interface LoaderThreadListener {
	onMessage(message: FromLoaderThread): void;
	/** The thread has failed and does nothing more. */
	onCrash(reason: string): void;
}

/** One loader thread, seen from the control thread. */
export interface LoaderThread {
	/** Name of the lock that the thread holds for life; empty where the platform reports a thread's end itself. */
	readonly lifeLock: string;
	/** @throws when a value in the message cannot be cloned. */
	post(message: ToLoaderThread, transfer?: readonly Transferred[]): void;
	/** Says whether the thread works; one that does not keeps no process alive. */
	setBusy(isBusy: boolean): void;
	/** Ends the thread; settles when it is known to have stopped writing. */
	terminate(): Promise<void>;
}

/** What the control thread receives from a thread. */
export interface ThreadListener<Message> {
	onMessage(message: Message): void;
	/** The thread has failed and does nothing more. */
	onCrash(reason: string): void;
}

/** A thread, seen from the control thread. */
interface HostThread<Message> {
	post(message: Message, transfer?: readonly Transferred[]): void;
	terminate(): Promise<void>;
}

export type RecordingThread = HostThread<ToRecordingThread>;
export interface AnalysisThread extends HostThread<ToAnalysisThread> {
	/** Says whether the thread works; one that does not keeps no process alive. */
	setBusy(isBusy: boolean): void;
}

/** What recording needs of the platform. */
interface RecordingHost {
	/** Never throws, as `spawnLoaderThread`. */
	spawnThread(location: string, listener: ThreadListener<FromRecordingThread>): RecordingThread;
	/** Where takes are written when the control thread itself records. */
	readonly store: TakeStore;
	readonly files: TakeFiles;
}

/** What the engine needs of the platform it runs on. Control thread only. */
export interface Host extends Scheduler {
	readonly assets: AssetLocations;
	readonly processorCores: number;
	/** What to do where the script of a thread cannot be run: sentences. @param asset - the option that says where it is */
	threadRemedy(asset: ThreadAsset): string;
	/** @throws LooperError `unsupported-platform` where nothing of the engine can work, with the cause and what to do. */
	checkPlatform(): void;
	/** Fetches and compiles a WebAssembly file without blocking. */
	compile(location: string): Promise<WebAssembly.Module>;
	/** Never throws: a thread that cannot be started crashes. */
	spawnLoaderThread(location: string, listener: LoaderThreadListener): LoaderThread;
	/** Never throws, as `spawnLoaderThread`. */
	spawnAnalysisThread(location: string, listener: ThreadListener<FromAnalysisThread>): AnalysisThread;
	readonly recording: RecordingHost;
	isBlob(value: unknown): value is Blob;
	/** Resolves a path or URL against the caller's location. */
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
