import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import {
	COMMAND_SLOT,
	PARAMETER_NUMBER,
	PARAMETER_VALUE,
	SET_PARAMETER,
	SILENT,
	SILENT_LOST,
} from "../protocol/commands.ts";
import { COMMAND_WORDS } from "../rings/command-writer.ts";
import { JournalRing } from "../rings/journal-ring.ts";
import type { StatusBlock } from "../rings/status-block.ts";
import type { Scheduler } from "../scheduler.ts";
import { frameOfEntry, readTransport, typeOfEntry } from "./command-entry.ts";
import { CommandHistory } from "./command-history.ts";
import {
	PERFORMANCE_FORMAT,
	PERFORMANCE_VERSION,
	type Performance,
	type PerformanceEngine,
	type PerformanceSample,
	type PerformanceTransport,
	STANDING_TRANSPORT,
} from "./performance.ts";

/** What a log works with. */
export interface PerformanceLogTools {
	readonly memory: EngineMemory;
	readonly status: StatusBlock;
	readonly engine: PerformanceEngine;
	/** What lies under a handle now. */
	readonly sampleOf: (handle: number) => PerformanceSample | undefined;
	/** Calls back later; null when the control thread itself renders: the journal is then read after every block. */
	readonly after: Scheduler["after"] | null;
	/** Settles when the audio thread has taken what was sent before, with a bound. */
	readonly delivered: () => Promise<void>;
}

/** Told of what took effect. */
export interface ParameterListener {
	/** A parameter has a value, as the kernel knows both, from a frame of the engine's clock on. */
	applied(slot: number, number: number, value: { readonly encoded: number; readonly frame: number }): void;
	/** Something that took effect is not known. */
	lost(): void;
}

/** One performance, from `start` until `stop` has settled. */
interface Take {
	/** The engine's frame that it begins with. */
	readonly startFrame: number;
	stopping: Promise<Performance> | null;
	/** Why it ended before it was stopped. */
	failure: LooperError | null;
}

/** The journal holds 8,192 entries, which no device fills between two reads unless producers send tens of thousands per second. */
const POLL_MS = 20;

/**
 * Reads the journal and keeps what took effect since the last moment of silence, so that a performance may begin at any frame.
 *
 * Thread: control.
 */
export class PerformanceLog {
	readonly #tools: PerformanceLogTools;
	readonly #journal: JournalRing;
	readonly #words: Int32Array<ArrayBuffer> = new Int32Array(COMMAND_WORDS);
	readonly #entry: DataView<ArrayBuffer> = new DataView(this.#words.buffer);
	readonly #history: CommandHistory = new CommandHistory();
	/** A silence that nothing has followed yet, while a performance keeps what came before it. */
	#silence: { readonly frame: number; readonly transport: PerformanceTransport } | null = null;
	/** Journal entries that had been lost as of the last silence; the history is whole while no more are. */
	#lostAtSilence = 0;
	/** False while something is missing from the history. */
	#isWhole = true;
	#take: Take | null = null;
	#isClosed = false;
	/** Told of parameters. */
	listener: ParameterListener | null = null;

	constructor(tools: PerformanceLogTools) {
		this.#tools = tools;
		this.#journal = new JournalRing(tools.memory.words);
		this.#poll();
	}

	/** Frames performed so far; null while no performance runs. */
	get frames(): number | null {
		const take = this.#take;
		if (take === null || take.failure !== null || take.stopping !== null) return null;
		return this.#tools.status.read().frame - take.startFrame;
	}

	/**
	 * Begins with the first frame that has not been rendered.
	 *
	 * @throws LooperError `performance-running`, or `performance-overflow` when commands were missed since the last silence.
	 */
	start(): void {
		if (this.#take !== null) {
			throw new LooperError("performance-running", "A performance is running already. Call performance.stop() first.");
		}
		const { frame } = this.#tools.status.read();
		this.drain();
		if (!this.#isWhole)
			throw incomplete("Call stopAll() first: a performance can begin again after the next moment of silence.");
		// A block may have ended, in silence, since the frame was read.
		this.#take = { startFrame: Math.max(frame, this.#history.startFrame), stopping: null, failure: null };
	}

	/**
	 * Ends with the newest frame that has been rendered.
	 *
	 * @throws LooperError `no-performance`; the promise rejects with `performance-overflow`.
	 */
	stop(): Promise<Performance> {
		const take = this.#take;
		if (take === null) {
			throw new LooperError("no-performance", "No performance is running. Call performance.start() first.");
		}
		take.stopping ??= this.#tools.after === null || this.#isClosed ? this.#end(take) : this.#stop(take);
		return take.stopping;
	}

	/** Reads what the journal holds. */
	drain(): void {
		try {
			while (this.#journal.read(this.#words)) this.#takeEntry();
			if (this.#tools.status.journalLost !== this.#lostAtSilence) {
				this.listener?.lost();
				this.#miss(null);
			}
		} catch (error) {
			this.#miss(error);
		}
	}

	/**
	 * Ends the log when the engine renders nothing any more.
	 *
	 * @returns the performance that was not stopped, null when there is none.
	 */
	finish(): Promise<Performance> | null {
		this.#isClosed = true;
		const take = this.#take;
		if (take === null || take.stopping !== null) return null;
		return this.stop();
	}

	#takeEntry(): void {
		this.#tellParameter();
		if (typeOfEntry(this.#entry) !== SILENT) {
			this.#silence = null;
			if (this.#history.isFull) this.#miss(new Error("the history is full"));
			this.#history.append(this.#entry, this.#tools.sampleOf);
			if (!this.#isWhole) this.#history.forget(0, STANDING_TRANSPORT);
			return;
		}
		this.#lostAtSilence = this.#entry.getUint32(SILENT_LOST, true);
		this.#silence = { frame: frameOfEntry(this.#entry), transport: readTransport(this.#entry) };
		// A running performance needs everything from the silence before its first frame.
		if (this.#take === null || this.#take.failure !== null) this.#forget();
	}

	#tellParameter(): void {
		if (typeOfEntry(this.#entry) !== SET_PARAMETER) return;
		const number = this.#entry.getUint32(PARAMETER_NUMBER, true);
		const encoded = this.#entry.getFloat64(PARAMETER_VALUE, true);
		this.listener?.applied(this.#entry.getUint32(COMMAND_SLOT, true), number, {
			encoded,
			frame: frameOfEntry(this.#entry),
		});
	}

	#forget(): void {
		if (this.#silence === null) return;
		this.#history.forget(this.#silence.frame, this.#silence.transport);
		this.#silence = null;
		this.#isWhole = true;
	}

	/** Keeps only the state until the next silence. */
	#miss(cause: unknown): void {
		this.#isWhole = false;
		this.#history.forget(0, STANDING_TRANSPORT);
		const take = this.#take;
		if (take !== null) take.failure ??= incomplete("Play it again with fewer commands at once.", cause);
	}

	/** With message threading the newest frame arrives on demand: one flush for the snapshot in flight, one for the next. */
	async #stop(take: Take): Promise<Performance> {
		await this.#tools.delivered();
		await this.#tools.delivered();
		return this.#end(take);
	}

	#end(take: Take): Promise<Performance> {
		const { frame } = this.#tools.status.read();
		this.drain();
		this.#take = null;
		if (take.failure !== null) return Promise.reject(take.failure);
		const { startFrame } = this.#history;
		const performance: Performance = {
			format: PERFORMANCE_FORMAT,
			version: PERFORMANCE_VERSION,
			preRollFrames: take.startFrame - startFrame,
			frames: Math.max(frame - take.startFrame, 0),
			engine: this.#tools.engine,
			...this.#history.tell(frame),
		};
		this.#forget();
		return Promise.resolve(performance);
	}

	#poll(): void {
		this.#tools.after?.(POLL_MS, () => {
			if (this.#isClosed) return;
			this.drain();
			this.#poll();
		});
	}
}

function incomplete(what: string, cause: unknown = null): LooperError {
	const message = `The performance is not whole, because more commands took effect than the control thread could read. ${what}`;
	return new LooperError("performance-overflow", message, cause === null ? undefined : { cause });
}
