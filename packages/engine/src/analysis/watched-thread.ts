import { closed, type LooperError } from "../errors.ts";
import type { AnalysisThread, Host } from "../host.ts";
import type { AnalyzeMessage, FromAnalysisThread, MixMessage, SliceMessage } from "../protocol/analysis-messages.ts";
import type { CacheSettings } from "../protocol/loader-messages.ts";
import type { RunningEngine } from "../running-engine.ts";
import { threadCannotStart } from "../thread-failures.ts";
import type { PcmConnection } from "../threading/threading.ts";
import { crashed, timedOut } from "./analysis-failures.ts";

/** Called with an analysis from its beginning to its end. */
export type ReportProgress = (percent: number, stage: string) => void;

type Unaddressed<Message> = Omit<Message, "requestId" | "pcm">;
type Question = Unaddressed<AnalyzeMessage> | Unaddressed<MixMessage> | Unaddressed<SliceMessage>;
type Answer = Extract<FromAnalysisThread, { readonly type: "analyzed" | "mixed" | "sliced" }>;

/** What the thread works on. */
interface Task {
	readonly requestId: number;
	readonly connection: PcmConnection;
	readonly report: ReportProgress;
	readonly resolve: (answer: Answer) => void;
	readonly reject: (error: LooperError) => void;
}

/** What the thread is started with. */
export interface ThreadParts {
	readonly host: Pick<Host, "assets" | "spawnAnalysisThread" | "threadRemedy" | "now" | "after">;
	readonly running: Pick<RunningEngine, "connectPcm">;
	readonly loaderModule: WebAssembly.Module;
	/** Where answers are kept; null when nothing is. */
	readonly cache: CacheSettings | null;
}

/** How often a silent thread is looked at, and how long it may be silent. */
const WATCH_MS = 1000;
const PATIENCE_MS = 30_000;

/**
 * The analysis thread: started for the first task, given one at a time, replaced when it crashes or is stuck.
 *
 * Thread: control.
 */
export class WatchedThread {
	readonly #parts: ThreadParts;
	#thread: AnalysisThread | null = null;
	#task: Task | null = null;
	#taskCount = 0;
	#isPaused = false;
	/** True while the audio thread, which may be suspended, gives no PCM. */
	#isWaitingForAudio = false;
	#heardAt = 0;
	#isSuspected = false;
	#stopWatching: (() => void) | null = null;

	constructor(parts: ThreadParts) {
		this.#parts = parts;
	}

	/** Has the thread do something; it must be idle. @throws LooperError `worker-crashed`, `unsupported-platform`, `timed-out` or `closed`. */
	ask(question: Question, report: ReportProgress): Promise<Answer> {
		this.#thread ??= this.#start();
		const thread = this.#thread;
		const connection = this.#parts.running.connectPcm();
		const { pcm, transfer } = connection;
		this.#taskCount += 1;
		const requestId = this.#taskCount;
		return new Promise((resolve, reject) => {
			this.#task = { requestId, connection, report, resolve, reject };
			this.#isWaitingForAudio = false;
			this.#hear();
			this.#watch();
			thread.setBusy(true);
			thread.post({ ...question, requestId, pcm }, transfer);
		});
	}

	/** Asks the thread to stop; its task then ends in `worker-crashed`. */
	cancel(): void {
		if (this.#task !== null) this.#thread?.post({ type: "cancel", requestId: this.#task.requestId });
	}

	/** Lets loads come first. */
	pause(isPaused: boolean): void {
		this.#isPaused = isPaused;
		this.#hear();
		this.#thread?.post({ type: isPaused ? "pause" : "resume" });
	}

	/** Ends the task in `closed`; settles when the thread has ended. */
	async close(): Promise<void> {
		const thread = this.#thread;
		this.#thread = null;
		this.#end(({ reject }) => reject(closed()));
		await thread?.terminate();
	}

	#start(): AnalysisThread {
		const { host, loaderModule, cache } = this.#parts;
		let hasStarted = false;
		const thread: AnalysisThread = host.spawnAnalysisThread(host.assets.analysisThread, {
			onMessage: (message) => {
				hasStarted = true;
				if (this.#thread === thread) this.#onMessage(message);
			},
			onCrash: (reason) => {
				if (this.#thread !== thread) return;
				this.#giveUp(hasStarted ? crashed(reason) : threadCannotStart(host, "analysisThread", reason));
			},
		});
		thread.post({ type: "initialize", loaderModule, cache });
		if (this.#isPaused) thread.post({ type: "pause" });
		return thread;
	}

	#onMessage(message: FromAnalysisThread): void {
		this.#hear();
		if (message.type === "initialized" || this.#task?.requestId !== message.requestId) return;
		switch (message.type) {
			case "progress":
				this.#task.report(message.percent, message.stage);
				break;
			case "waiting":
				this.#isWaitingForAudio = message.isWaiting;
				break;
			case "analyzed":
			case "mixed":
			case "sliced":
				this.#end(({ resolve }) => resolve(message));
				break;
			case "failed":
				this.#end(({ reject }) => reject(crashed(message.message)));
				break;
			default:
				message satisfies never;
		}
	}

	#hear(): void {
		this.#heardAt = this.#parts.host.now();
		this.#isSuspected = false;
	}

	/**
	 * Gives a silent thread up. It is suspected first, and only given up at the next look, so that messages which wait because the control
	 * thread itself was busy are heard before.
	 */
	#watch(): void {
		const { host } = this.#parts;
		this.#stopWatching ??= host.after(WATCH_MS, () => {
			this.#stopWatching = null;
			if (this.#task === null) return;
			const isSilent = !this.#isPaused && !this.#isWaitingForAudio && host.now() - this.#heardAt >= PATIENCE_MS;
			if (isSilent && this.#isSuspected) return this.#giveUp(timedOut(PATIENCE_MS / 1000));
			this.#isSuspected = isSilent;
			this.#watch();
		});
	}

	/** The sample may be what the thread cannot stand: others get another one. */
	#giveUp(error: LooperError): void {
		void this.#thread?.terminate();
		this.#thread = null;
		this.#end(({ reject }) => reject(error));
	}

	#end(settle: (task: Task) => void): void {
		const task = this.#task;
		this.#task = null;
		this.#stopWatching?.();
		this.#stopWatching = null;
		this.#thread?.setBusy(false);
		if (task === null) return;
		void task.connection.drop();
		settle(task);
	}
}
