import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import { COMMAND_BYTES } from "../protocol/layout.ts";
import { JournalRing } from "../rings/journal-ring.ts";
import type { StatusBlock } from "../rings/status-block.ts";
import type { Performance, PerformanceEngine, PerformanceSample } from "./performance.ts";
import { PerformanceBuilder } from "./performance-builder.ts";

/** The clock and the turns of the control thread. */
interface Scheduler {
	now(): number;
	after(milliseconds: number, callback: () => void): () => void;
}

/** What a recorder works with. */
export interface PerformanceLogTools {
	readonly memory: EngineMemory;
	readonly status: StatusBlock;
	readonly engine: PerformanceEngine;
	/** What lies under a handle now. */
	readonly sampleOf: (handle: number) => PerformanceSample | undefined;
	/** Null when the control thread itself renders: the journal is then read after every block, and no block comes unasked. */
	readonly turns: Scheduler | null;
	/** Settles when the audio thread has taken what was sent before, with a bound. */
	readonly delivered: () => Promise<void>;
}

/** One recording, from `start` until `stop` has settled. */
interface Take {
	readonly builder: PerformanceBuilder;
	/** Why it ended before it was stopped. */
	failure: LooperError | null;
	stopping: { readonly promise: Promise<Performance>; readonly settle: () => void; readonly deadline: number } | null;
}

/** The journal holds 8,192 records, which no device fills between two looks unless streams send thousands a second. */
const POLL_MS = 20;
/** How long `stop` waits for the block that ends the recording; a suspended device renders none. */
const END_PATIENCE_MS = 500;

/**
 * Keeps what takes effect on the audio thread: asks the kernel for its journal and makes a performance of it.
 *
 * Thread: control.
 */
export class PerformanceLog {
	readonly #tools: PerformanceLogTools;
	readonly #journal: JournalRing;
	readonly #words: Int32Array = new Int32Array(COMMAND_BYTES / 4);
	readonly #record: DataView = new DataView(this.#words.buffer);
	#take: Take | null = null;

	constructor(tools: PerformanceLogTools) {
		this.#tools = tools;
		this.#journal = new JournalRing(tools.memory.words);
	}

	/** Frames recorded so far; null while nothing is recorded. */
	get frames(): number | null {
		const take = this.#take;
		if (take === null || take.failure !== null || take.stopping !== null) return null;
		const { startFrame } = take.builder;
		return startFrame === null ? 0 : this.#tools.status.read().frame - startFrame;
	}

	/** Begins with the next block. @throws LooperError `performance-running`. */
	start(): void {
		if (this.#take !== null)
			throw new LooperError("performance-running", "the engine is recording already; call stopPerformance() first");
		while (this.#journal.read(this.#words)) {
			// What an older recording left is nobody's.
		}
		const { engine, sampleOf } = this.#tools;
		this.#take = { builder: new PerformanceBuilder(engine, sampleOf), failure: null, stopping: null };
		this.#tools.memory.advanceRecording();
		this.#poll(this.#take);
	}

	/**
	 * Ends with the next block; at once where no block comes.
	 *
	 * @throws LooperError `no-performance`; the promise rejects with `performance-overflow`.
	 */
	stop(): Promise<Performance> {
		const take = this.#take;
		if (take === null)
			throw new LooperError("no-performance", "nothing is being recorded; call startPerformance() first");
		if (take.stopping !== null) return take.stopping.promise;
		if (take.failure === null) this.#tools.memory.advanceRecording();
		let settle: () => void = () => {};
		const promise = new Promise<Performance>((resolve, reject) => {
			settle = () => {
				if (this.#take !== take) return;
				this.#take = null;
				const { frame } = this.#tools.status.read();
				this.#drain(take);
				if (take.failure === null) resolve(take.builder.build(frame));
				else reject(take.failure);
			};
		});
		take.stopping = { promise, settle, deadline: (this.#tools.turns?.now() ?? 0) + END_PATIENCE_MS };
		if (this.#isOver(take)) settle();
		return promise;
	}

	/** Reads what the journal holds. Cheap while nothing is recorded. */
	drain(): void {
		if (this.#take !== null) this.#drain(this.#take);
	}

	/**
	 * Ends the recording for good when the engine renders nothing any more.
	 *
	 * @returns the performance that nobody has stopped yet, null when there is none.
	 */
	finish(): Promise<Performance> | null {
		const take = this.#take;
		if (take === null) return null;
		const isUnclaimed = take.stopping === null;
		const promise = this.stop();
		this.#take?.stopping?.settle();
		return isUnclaimed ? promise : null;
	}

	#poll(take: Take): void {
		this.#tools.turns?.after(POLL_MS, () => {
			if (this.#take !== take) return;
			this.#drain(take);
			if (take.stopping === null || !this.#isOver(take)) this.#poll(take);
			else if (take.failure !== null || take.builder.isEnded) take.stopping.settle();
			else void this.#settleAtLastBlock(take);
		});
	}

	/** Over ports what is known of the last block may be on its way, or wait for the buffer that it is sent in: for one turn each. */
	async #settleAtLastBlock(take: Take): Promise<void> {
		await this.#tools.delivered();
		await this.#tools.delivered();
		take.stopping?.settle();
	}

	/** True when nothing more can come, or nothing more is worth waiting for. */
	#isOver(take: Take): boolean {
		const { turns } = this.#tools;
		if (turns === null || take.failure !== null || take.builder.isEnded) return true;
		return take.stopping !== null && turns.now() >= take.stopping.deadline;
	}

	#drain(take: Take): void {
		if (take.failure !== null) return;
		try {
			while (!take.builder.isFull && this.#journal.read(this.#words)) take.builder.take(this.#record);
			if (take.builder.isFull || this.#isLossy(take)) throw overflow();
		} catch (error) {
			take.failure = error instanceof LooperError ? error : internalFailure(error);
			if (take.stopping === null) this.#tools.memory.advanceRecording();
		}
	}

	/** The kernel counts anew before a recording's first record, so the count is this one's once that has come. */
	#isLossy({ builder }: Take): boolean {
		return builder.startFrame !== null && this.#tools.status.read().journalLost > 0;
	}
}

function overflow(): LooperError {
	return new LooperError(
		"performance-overflow",
		"the recording is not whole: more commands took effect than the control thread could read; record again with fewer " +
			"commands at once, or keep the page from being blocked",
	);
}

function internalFailure(cause: unknown): LooperError {
	return new LooperError("performance-overflow", `the recording cannot go on: ${String(cause)}; record again`, {
		cause,
	});
}
