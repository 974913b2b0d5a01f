import { readFileSync } from "node:fs";
import { MessageChannel } from "node:worker_threads";
import { EngineMemory } from "../dist/memory/engine-memory.js";
import { KernelConnection } from "../dist/output/kernel-connection.js";
import { MirroredBacking } from "../dist/output/mirrored-backing.js";
import { ProducerRings } from "../dist/producers/producer-rings.js";
import type { ChannelLike } from "../dist/protocol/message-port.js";
import * as layout from "../dist/protocol/shared-memory.js";
import type { FromMessageKernel } from "../dist/protocol/threading-messages.js";
import { CommandSender } from "../dist/rings/command-sender.js";
import { ControlRing } from "../dist/rings/control-ring.js";
import { ringWord } from "../dist/rings/ring-place.js";
import { StatusBlock } from "../dist/rings/status-block.js";
import type { JournalReader } from "./journal-reader.ts";
import { type TestThread, TestThreads, wordChange } from "./test-threads.ts";

const SLOTS = 32;

/** The kernel that owns its memory, on a thread of its own, and what the control thread does with its mirror. */
export class MessageHarness extends TestThreads {
	readonly memory: EngineMemory;
	readonly streams: ProducerRings;
	readonly status: StatusBlock;
	/** Word 0: blocks that the audio thread has rendered; word 1: frames. Only for the test's own waiting. */
	readonly clock: Int32Array = new Int32Array(new SharedArrayBuffer(8));
	readonly #link: KernelConnection;
	readonly #mirror: Int32Array<ArrayBuffer> = new Int32Array(layout.SHARED_END / 4);
	readonly #waiting: Set<() => void> = new Set();
	#kernel: TestThread | null = null;

	constructor() {
		super();
		this.#link = new KernelConnection(this.#mirror);
		const options = { slots: SLOTS, voices: layout.MAX_VOICES, overflow: layout.OVERFLOW_REPLACE_OLDEST };
		this.memory = new EngineMemory(
			{ ...options, memoryBudget: 2 ** 20 },
			(pages) => new MirroredBacking(pages, this.#mirror.buffer, this.#link),
		);
		this.memory.setSampleRate(48_000, 240);
		this.memory.setEngineState(layout.ENGINE_RUNNING);
		this.status = new StatusBlock(this.memory.buffer);
		this.streams = new ProducerRings(this.memory, SLOTS, {
			createChannel: <One, Other>() => new MessageChannel() as unknown as ChannelLike<One, Other>,
			addProducer: (ring, generation, port) => this.#link.addProducer(ring, generation, port),
		});
	}

	/** The mirror of the engine memory. */
	get words(): Int32Array {
		return this.#mirror;
	}

	/** Starts the audio thread. @param longestBlock - in frames */
	async startKernel(longestBlock: number, _isJournalKept = true): Promise<void> {
		const bytes = new Uint8Array(readFileSync(new URL("../dist/kernel-unshared.wasm", import.meta.url)));
		const header = this.#mirror.slice(layout.HEADER / 4, (layout.HEADER + layout.HEADER_BYTES) / 4);
		const start = { module: new WebAssembly.Module(bytes), maximumPages: 1024, header };
		const kernel = this.spawn("message-kernel-thread", { start, longestBlock, clock: this.clock });
		this.#kernel = kernel;
		kernel.worker.on("message", (message: FromMessageKernel) => {
			this.#link.onMessage(message);
			for (const look of this.#waiting) look();
		});
		this.#link.connect({
			post: (message, transfer) => kernel.worker.postMessage(message, transfer as unknown as ArrayBuffer[]),
			close: () => {},
		});
		await this.#link.started;
	}

	/** Sends the command that ends the reading of the journal. */
	stopAll(): void {
		const sender = new CommandSender(this.#mirror, 0);
		new ControlRing(this.memory.buffer, 0).stopAll();
		this.#link.post({ type: "commands", words: sender.take() });
	}

	/** Closes the engine. @returns when the audio thread has rendered its last block */
	async stopKernel(): Promise<void> {
		this.memory.setEngineState(layout.ENGINE_CLOSED);
		await this.#kernel?.exit;
	}

	/** Reads the journal whenever there is news. @returns what settles after the final stop of everything */
	readJournal(journal: JournalReader): Promise<void> {
		return this.watch(
			this.#until(() => {
				journal.read();
				return journal.isEnded;
			}),
		);
	}

	/** Settles when the kernel has read everything in a ring whose stream is closed. */
	drained(ring: number): Promise<void> {
		const control = new ControlRing(this.memory.buffer, ring);
		return this.#until(
			() => ((this.words[ringWord(ring, layout.RING_GENERATION)] ?? 0) & 1) === 0 && control.isDrained,
		);
	}

	/** Settles when the kernel has rendered the frames before this one. */
	async rendered(frame: number): Promise<void> {
		for (let now = Atomics.load(this.clock, 1); now < frame; now = Atomics.load(this.clock, 1)) {
			await wordChange(this.clock, 1, now);
		}
	}

	/** Looks whenever the audio thread has said something. A look that throws rejects. */
	#until(isOver: () => boolean): Promise<void> {
		return new Promise((resolve, reject) => {
			const look = (): void => {
				try {
					if (!isOver()) return;
					resolve();
				} catch (error) {
					reject(error);
				}
				this.#waiting.delete(look);
			};
			this.#waiting.add(look);
			look();
		});
	}
}
