import { reserveMemory } from "../memory/reserve-memory.ts";
import { listen, type PortLike, send, type Transferred } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { FromMessageKernel, MessageKernelStart, ToMessageKernel } from "../protocol/threading-messages.ts";
import { appendCommands } from "../rings/command-receiver.ts";
import { SnapshotWriter } from "../rings/snapshot.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { PcmReceiver } from "./pcm-receiver.ts";
import { ProducerReceiver } from "./producer-receiver.ts";

/** Frames between two snapshots, unless the journal has something to tell. */
const SNAPSHOT_FRAMES = 512;
const EPOCH_WORD = layout.HEADER_PEAK_EPOCH / 4;

/**
 * The kernel with an engine memory of its own: everything that other threads want of it comes as a message, taken between
 * two blocks. Thread: audio; offline the control thread.
 */
export class MessageKernel {
	readonly #kernel: Kernel;
	readonly #memory: KernelMemory;
	readonly #pcm: PcmReceiver;
	readonly #streams: ProducerReceiver;
	readonly #snapshots: SnapshotWriter = new SnapshotWriter();
	readonly #post: (message: FromMessageKernel, transfer: Transferred[]) => void;
	#snapshot: Int32Array<ArrayBuffer> | null = null;
	#framesSinceSnapshot = 0;

	/**
	 * @param post - hands a message to the control thread
	 * @throws LooperError `out-of-memory`.
	 */
	constructor(start: MessageKernelStart, post: (message: FromMessageKernel, transfer: Transferred[]) => void) {
		this.#memory = new KernelMemory(reserveMemory(start.maximumPages, false).memory);
		this.#memory.words.set(start.header, layout.HEADER / 4);
		this.#kernel = startKernel({ module: start.module, memory: this.#memory.memory });
		this.#pcm = new PcmReceiver(this.#memory);
		this.#streams = new ProducerReceiver(this.#memory);
		this.#post = post;
	}

	/** Renders one block, as `Kernel` does. @returns false once the engine has been shut down. */
	render(left: Float32Array, right: Float32Array): boolean {
		const isAlive = this.#kernel.render(left, right);
		this.#framesSinceSnapshot += left.length;
		const isDue = this.#framesSinceSnapshot >= SNAPSHOT_FRAMES || this.#snapshots.hasJournal(this.#memory.words);
		if (isDue) this.takeSnapshot();
		this.#streams.report();
		if (!isAlive) this.close();
		return isAlive;
	}

	/** Applies waiting commands, as `Kernel` does, and tells what has come of it. */
	applyCommands(): number {
		this.takeProducers();
		const commands = this.#kernel.applyCommands();
		this.takeSnapshot();
		this.#streams.report();
		return commands;
	}

	/** Takes what streams have sent, where that needs no turn: before the control thread itself renders. */
	takeProducers(): void {
		this.#streams.takeNow();
	}

	/** Tells the control thread how things are, if it has heard the last time. */
	takeSnapshot(): void {
		const words = this.#snapshot;
		if (words === null) return;
		this.#snapshot = null;
		this.#framesSinceSnapshot = 0;
		this.#snapshots.fill(this.#memory.words, words);
		this.#post({ type: "snapshot", words }, [words.buffer]);
	}

	/** Takes a message of the control thread. */
	onMessage(message: ToMessageKernel): void {
		switch (message.type) {
			case "commands":
				appendCommands(this.#memory.words, 0, message.words);
				break;
			case "header":
				this.#setHeader(message.words);
				break;
			case "write":
				this.#memory.pcm(message.address, message.words.byteLength)?.set(new Uint8Array(message.words.buffer));
				break;
			case "grow":
				this.#grow(message.pages, message.neededPages);
				break;
			case "addLoader":
				this.#pcm.add(message.loader, message.port);
				break;
			case "dropLoader":
				this.#pcm.drop(message.loader);
				this.#post({ type: "loaderDropped", loader: message.loader }, []);
				break;
			case "addProducer":
				this.#streams.add(message.ring, message.generation, message.port);
				break;
			case "dropProducer": {
				const { ring, generation } = message;
				this.#post({ type: "producerDropped", ring, write: this.#streams.drop(ring, generation) }, []);
				break;
			}
			case "snapshot":
				this.#memory.words[layout.JOURNAL_READ / 4] = message.journalRead;
				this.#snapshot = message.words;
				break;
			case "flush":
				// Where no block comes any more this is the only news.
				this.takeSnapshot();
				this.#post({ type: "flushed" }, []);
				break;
			default:
				message satisfies never;
		}
	}

	/** Closes the ports of other threads. */
	close(): void {
		this.#pcm.close();
		this.#streams.close();
	}

	#setHeader(header: Int32Array): void {
		const words = this.#memory.words;
		const epoch = words[layout.HEADER / 4 + EPOCH_WORD] ?? 0;
		words.set(header, layout.HEADER / 4);
		words[layout.HEADER / 4 + EPOCH_WORD] = epoch;
		this.#streams.report();
	}

	#grow(pages: number, neededPages: number): void {
		if (this.#memory.growTo(pages) || this.#memory.growTo(neededPages)) this.#kernel.attach(this.#memory.memory.buffer);
		this.#post({ type: "grown", pages: this.#memory.pages }, []);
	}
}

/**
 * Runs a kernel behind a processor's port. Thread: audio.
 *
 * @returns what renders its blocks; nothing but silence when the platform grants it no memory, which the port tells.
 */
export function hostMessageKernel(
	start: MessageKernelStart,
	port: PortLike<ToMessageKernel, FromMessageKernel>,
): Pick<Kernel, "render"> {
	try {
		const kernel = new MessageKernel(start, (message, transfer) => send(port, message, transfer));
		listen(port, (message) => kernel.onMessage(message));
		send(port, { type: "started" });
		return kernel;
	} catch (error) {
		send(port, { type: "refused", reason: String(error) });
		return { render: () => false };
	}
}
