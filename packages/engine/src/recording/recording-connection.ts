import { LooperError } from "../errors.ts";
import type { RecordingThread, ThreadListener } from "../host.ts";
import type {
	FromRecordingThread,
	RecordedTake,
	TakeProgress,
	ToRecordingThread,
} from "../protocol/recording-messages.ts";
import type { CaptureConnection } from "../threading/threading.ts";
import type { TakeStore } from "./take-file.ts";

/** Starts the thread that records. */
export type SpawnRecorder = (listener: ThreadListener<FromRecordingThread>) => RecordingThread & { drain?(): void };

/** Starts what records on the control thread, as a thread of its own would. */
export type RecordHere = (store: TakeStore) => SpawnRecorder;

/** Who waits for the end of a take. */
interface Waiting {
	opened(): void;
	finished(take: RecordedTake): void;
	fail(error: LooperError): void;
}

/** Called with what the recording thread says beside its answers, and with why it cannot start. */
export interface RecordingListener {
	/** @returns the error of a thread whose script the platform does not run. */
	cannotStart(reason: string): LooperError;
	onProgress(name: number, progress: TakeProgress): void;
	onInterrupted(name: number, ringAddress: number): void;
}

/** A take that the recording thread has been asked for. */
export interface AwaitedTake {
	/** Settles when its file is open. @throws LooperError `recording-failed` or `unsupported-platform`. */
	readonly opened: Promise<void>;
	/** Settles when it has ended. @throws LooperError `recording-failed` or `unsupported-platform`. */
	readonly finished: Promise<RecordedTake>;
}

/** The control thread's side of the recording thread. Thread: control. */
export class RecordingConnection {
	readonly #thread: ReturnType<SpawnRecorder>;
	readonly #listener: RecordingListener;
	readonly #waiting: Map<number, Waiting> = new Map();
	#crash: LooperError | null = null;
	/** Whether the thread has ever said something. */
	#hasStarted = false;

	constructor(spawn: SpawnRecorder, { origin, transfer }: CaptureConnection, listener: RecordingListener) {
		this.#listener = listener;
		this.#thread = spawn({
			onMessage: (message) => this.#onMessage(message),
			onCrash: (reason) => this.#end(this.#hasStarted ? ended(reason) : listener.cannotStart(reason)),
		});
		this.#thread.post({ type: "initialize", origin }, transfer);
	}

	/** Why the thread does nothing any more; null while it does. */
	get crash(): LooperError | null {
		return this.#crash;
	}

	/** Takes what has been captured, where this thread records. */
	drain(): void {
		this.#thread.drain?.();
	}

	post(message: ToRecordingThread): void {
		if (this.#crash === null) this.#thread.post(message);
	}

	/** Asks for a take. */
	ask(message: ToRecordingThread & { readonly type: "begin" | "save" }): AwaitedTake {
		const { name } = message;
		let opened = (): void => {};
		let notOpened: (error: LooperError) => void = () => {};
		const opening = new Promise<void>((resolve, reject) => {
			opened = resolve;
			notOpened = reject;
		});
		const finished = new Promise<RecordedTake>((resolve, reject) => {
			const fail = (error: LooperError): void => {
				notOpened(error);
				reject(error);
			};
			this.#waiting.set(name, { opened, finished: resolve, fail });
		});
		// Suppress the unhandled rejections; whoever awaits them gets them.
		opening.catch(() => {});
		finished.catch(() => {});
		if (this.#crash !== null) this.#fail(name, this.#crash);
		this.post(message);
		return { opened: opening, finished };
	}

	async terminate(): Promise<void> {
		await this.#thread.terminate();
		this.#end(ended("the engine was shut down"));
	}

	#onMessage(message: FromRecordingThread): void {
		this.#hasStarted = true;
		switch (message.type) {
			case "initialized":
				break;
			case "opened":
				this.#waiting.get(message.name)?.opened();
				break;
			case "refused":
				this.#fail(message.name, failed(message.message));
				break;
			case "progress":
				this.#listener.onProgress(message.name, message);
				break;
			case "finished":
				this.#waiting.get(message.name)?.finished(message.take);
				this.#waiting.delete(message.name);
				break;
			case "interrupted":
				this.#listener.onInterrupted(message.name, message.ringAddress);
				break;
			default:
				message satisfies never;
		}
	}

	#end(error: LooperError): void {
		this.#crash ??= error;
		for (const name of this.#waiting.keys()) this.#fail(name, this.#crash);
	}

	#fail(name: number, error: LooperError): void {
		this.#waiting.get(name)?.fail(error);
		this.#waiting.delete(name);
	}
}

function ended(reason: string): LooperError {
	return failed(`The recording thread ended (${reason}). Record again.`);
}

function failed(message: string): LooperError {
	return new LooperError("recording-failed", message);
}
