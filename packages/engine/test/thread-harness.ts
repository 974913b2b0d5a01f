import { readFileSync } from "node:fs";
import type { EngineMemory } from "../dist/memory/engine-memory.js";
import { ProducerRings } from "../dist/producers/producer-rings.js";
import * as layout from "../dist/protocol/shared-memory.js";
import { RetirementRing } from "../dist/rings/retirement-ring.js";
import { StatusBlock } from "../dist/rings/status-block.js";
import { SharedThreading } from "../dist/threading/shared-threading.js";
import { positionsOf } from "./engine-words.ts";
import type { HandleSequence } from "./handle-sequence.ts";
import type { JournalReader } from "./journal-reader.ts";
import { RingWriter } from "./ring-writer.ts";
import { type TestThread, TestThreads, wordChange } from "./test-threads.ts";

const SLOTS = 32;

/** Engine memory, the built kernel on a separate thread, and the control thread's side of both. */
export class ThreadHarness extends TestThreads {
	readonly memory: EngineMemory;
	readonly words: Int32Array;
	readonly producers: ProducerRings;
	readonly status: StatusBlock;
	/** One word per slot: plays that the audio thread has started and checked. */
	readonly heard: Int32Array = new Int32Array(new SharedArrayBuffer(4 * SLOTS));
	/** Word 0: blocks rendered by the audio thread; word 1: frames. */
	readonly clock: Int32Array = new Int32Array(new SharedArrayBuffer(8));
	/** One word per slot: its handle. */
	readonly #handles: Int32Array = new Int32Array(new SharedArrayBuffer(4 * SLOTS));
	readonly #threading: SharedThreading;
	readonly #retirement: RetirementRing;
	#isReading = false;
	#kernel: TestThread | null = null;

	constructor() {
		super();
		this.#threading = new SharedThreading({
			slots: SLOTS,
			voices: layout.MAX_VOICES,
			overflow: layout.OVERFLOW_REPLACE_OLDEST,
			memoryBudget: 2 ** 20,
		});
		this.memory = this.#threading.memory;
		this.memory.setSampleRate(48_000, 240);
		this.memory.setEngineState(layout.ENGINE_RUNNING);
		this.words = this.memory.words;
		this.producers = new ProducerRings(this.#threading, SLOTS);
		this.status = new StatusBlock(this.memory.buffer);
		this.#retirement = new RetirementRing(this.words);
	}

	override async run(test: () => Promise<void>): Promise<void> {
		try {
			await super.run(test);
		} finally {
			this.#isReading = false;
		}
	}

	/**
	 * Starts the audio thread.
	 *
	 * @param longestBlock - in frames; @param isJournalKept - true for `readJournal`; else the audio thread reads the journal itself
	 */
	async startKernel(longestBlock: number, isJournalKept = false): Promise<void> {
		const bytes = new Uint8Array(readFileSync(new URL("../../kernel/dist/kernel.wasm", import.meta.url)));
		const { sharedMemory: memory } = this.#threading;
		const module = new WebAssembly.Module(bytes);
		this.#kernel = this.spawn("kernel-thread", {
			longestBlock,
			heard: this.heard,
			handles: this.#handles,
			isJournalKept,
			clock: this.clock,
			memory,
			module,
		});
		await this.#kernel.answer;
	}

	/** Sends the command after which the journal is no longer read. */
	stopAll(): void {
		new RingWriter(this.memory.buffer, 0).stopAll();
	}

	/** Closes the engine. @returns after the audio thread has rendered its last block */
	async stopKernel(): Promise<void> {
		this.memory.setEngineState(layout.ENGINE_CLOSED);
		await this.#kernel?.exit;
	}

	/** Moves an empty, unused ring to a position. */
	setRingPosition(ring: number, position: number): void {
		for (const end of [layout.RING_WRITE, layout.RING_READ]) this.words[(positionsOf(ring) + end) / 4] = position;
	}

	/** Moves the empty retirement ring to a position, before the kernel starts. */
	setRetirementPosition(position: number): void {
		for (const address of [layout.RETIREMENT_WRITE, layout.RETIREMENT_READ]) this.words[address / 4] = position;
	}

	/** Moves the empty journal to a position, before the kernel starts. */
	setJournalPosition(position: number): void {
		for (const address of [layout.JOURNAL_WRITE, layout.JOURNAL_READ]) this.words[address / 4] = position;
	}

	/** Reads the journal whenever the kernel has written to it. @returns a promise that settles after the final stop of everything */
	readJournal(journal: JournalReader): Promise<void> {
		const readToEnd = async (): Promise<void> => {
			while (!journal.isEnded) {
				const written = Atomics.load(this.words, layout.JOURNAL_WRITE / 4);
				journal.read();
				if (!journal.isEnded) await this.#change(layout.JOURNAL_WRITE / 4, written);
			}
		};
		return this.watch(readToEnd());
	}

	/** The kernel's read position in a ring, unsigned. */
	readPosition(ring: number): number {
		return Atomics.load(this.words, (positionsOf(ring) + layout.RING_READ) / 4) >>> 0;
	}

	/** The handle in a slot, 0 if it is empty. Only valid while the kernel has nothing to read. */
	handleIn(slot: number): number {
		return Atomics.load(this.#handles, slot);
	}

	/** Settles when the kernel has read everything in a ring. */
	async drained(ring: number): Promise<void> {
		const control = new RingWriter(this.memory.buffer, ring);
		const word = (positionsOf(ring) + layout.RING_READ) / 4;
		for (let read = this.words[word]!; !control.isDrained; read = Atomics.load(this.words, word)) {
			await this.#change(word, read);
		}
		// The effects of that block are visible once it has ended.
		const block = Atomics.load(this.clock, 0);
		if (Atomics.load(this.clock, 0) === block) await wordChange(this.clock, 0, block);
	}

	/** Settles when the kernel has rendered all frames before this one. */
	async rendered(frame: number): Promise<void> {
		for (let now = Atomics.load(this.clock, 1); now < frame; now = Atomics.load(this.clock, 1)) {
			await wordChange(this.clock, 1, now);
		}
	}

	/** Reads the retirement ring from now on whenever the kernel has written to it. A broken sequence fails the test. */
	startReading(sequences: readonly HandleSequence[]): void {
		this.#isReading = true;
		void this.watch(this.#readOnChange(sequences));
	}

	async #readOnChange(sequences: readonly HandleSequence[]): Promise<void> {
		const word = layout.RETIREMENT_WRITE / 4;
		while (this.#isReading) {
			const written = Atomics.load(this.words, word);
			this.readRetired(sequences);
			await this.#change(word, written);
		}
	}

	/** Reads all entries of the retirement ring. @throws Error if a sequence is broken. */
	readRetired(sequences: readonly HandleSequence[]): void {
		for (let handle = this.#retirement.read(); handle !== 0; handle = this.#retirement.read()) {
			const isKnown = sequences.some((sequence) => sequence.accept(handle));
			if (!isKnown) throw new Error(`Handle ${handle} was retired, but never loaded.`);
		}
		for (const sequence of sequences) sequence.notify();
	}

	#change(word: number, seen: number): Promise<void> {
		return wordChange(this.words, word, seen);
	}
}
