import { readFileSync } from "node:fs";
import { MessageChannel } from "node:worker_threads";
import type { EngineMemory } from "../dist/memory/engine-memory.js";
import { ProducerRings } from "../dist/producers/producer-rings.js";
import type { ChannelLike, PortLike } from "../dist/protocol/message-port.js";
import * as layout from "../dist/protocol/shared-memory.js";
import type { FromMessageKernel, MessageKernelStart, ToMessageKernel } from "../dist/protocol/threading-messages.js";
import { ringWord } from "../dist/rings/ring-place.js";
import { StatusBlock } from "../dist/rings/status-block.js";
import { MessageThreading } from "../dist/threading/message-threading.js";
import type { JournalReader } from "./journal-reader.ts";
import { RingWriter } from "./ring-writer.ts";
import { type TestThread, TestThreads, wordChange } from "./test-threads.ts";

const SLOTS = 32;

/** The kernel with its own memory on a separate thread, and the control thread's side with its mirror. */
export class MessageHarness extends TestThreads {
	readonly memory: EngineMemory;
	readonly producers: ProducerRings;
	readonly status: StatusBlock;
	/** Word 0: blocks rendered by the audio thread; word 1: frames. Only for the test to wait on. */
	readonly clock: Int32Array = new Int32Array(new SharedArrayBuffer(8));
	readonly #threading: MessageThreading;
	readonly #waiting: Set<() => void> = new Set();
	#kernel: TestThread | null = null;

	constructor() {
		super();
		const options = { slots: SLOTS, voices: layout.MAX_VOICES, overflow: layout.OVERFLOW_REPLACE_OLDEST };
		this.#threading = new MessageThreading(
			{ ...options, memoryBudget: 2 ** 20 },
			{
				after: (milliseconds, callback) => {
					const timer = setTimeout(callback, milliseconds);
					return () => clearTimeout(timer);
				},
				createChannel: <One, Other>() => new MessageChannel() as unknown as ChannelLike<One, Other>,
			},
		);
		this.memory = this.#threading.memory;
		this.memory.setSampleRate(48_000, 240);
		this.memory.setEngineState(layout.ENGINE_RUNNING);
		this.status = new StatusBlock(this.memory.buffer);
		this.producers = new ProducerRings(this.#threading, SLOTS);
	}

	/** The mirror of the engine memory. */
	get words(): Int32Array {
		return this.memory.words;
	}

	/** Starts the audio thread. @param longestBlock - in frames */
	async startKernel(longestBlock: number, _isJournalKept = true): Promise<void> {
		const bytes = new Uint8Array(readFileSync(new URL("../dist/kernel-unshared.wasm", import.meta.url)));
		const device = {
			start: () => Promise.reject(new Error("the memory is not shared")),
			startWithMessages: (start: MessageKernelStart) => Promise.resolve(this.#spawnKernel(start, longestBlock)),
		};
		await this.#threading.start(device, new WebAssembly.Module(bytes), () => {});
	}

	#spawnKernel(start: MessageKernelStart, longestBlock: number): PortLike<FromMessageKernel, ToMessageKernel> {
		const kernel = this.spawn("message-kernel-thread", { start, longestBlock, clock: this.clock });
		this.#kernel = kernel;
		return {
			postMessage: (message, transfer) => kernel.worker.postMessage(message, transfer),
			addEventListener: (_type, listener) => {
				kernel.worker.on("message", (data: FromMessageKernel) => {
					listener({ data });
					for (const check of this.#waiting) check();
				});
			},
			start: () => {},
			close: () => {},
		};
	}

	/** Sends the command after which the journal is no longer read. */
	stopAll(): void {
		new RingWriter(this.memory.buffer, 0).stopAll();
		this.#threading.commandWritten();
	}

	/** Closes the engine. @returns after the audio thread has rendered its last block */
	async stopKernel(): Promise<void> {
		this.memory.setEngineState(layout.ENGINE_CLOSED);
		await this.#kernel?.exit;
	}

	/** Reads the journal after every message. @returns a promise that settles after the final stop of everything */
	readJournal(journal: JournalReader): Promise<void> {
		return this.watch(
			this.#until(() => {
				journal.read();
				return journal.isEnded;
			}),
		);
	}

	/** Settles when the kernel has read everything in the ring of a closed stream. */
	drained(ring: number): Promise<void> {
		const control = new RingWriter(this.memory.buffer, ring);
		return this.#until(
			() => ((this.words[ringWord(ring, layout.RING_GENERATION)] ?? 0) & 1) === 0 && control.isDrained,
		);
	}

	/** Settles when the kernel has rendered all frames before this one. */
	async rendered(frame: number): Promise<void> {
		for (let now = Atomics.load(this.clock, 1); now < frame; now = Atomics.load(this.clock, 1)) {
			await wordChange(this.clock, 1, now);
		}
	}

	/** Settles when something holds, checked after each message of the audio thread. A check that throws rejects. */
	#until(isOver: () => boolean): Promise<void> {
		return new Promise((resolve, reject) => {
			const check = (): void => {
				try {
					if (!isOver()) return;
					resolve();
				} catch (error) {
					reject(error);
				}
				this.#waiting.delete(check);
			};
			this.#waiting.add(check);
			check();
		});
	}
}
