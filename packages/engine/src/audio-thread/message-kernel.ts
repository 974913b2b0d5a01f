import { reserveMemory } from "../memory/reserve-memory.ts";
import { listen, type PortLike, send, type Transferred } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { FromMessageKernel, MessageKernelStart, ToMessageKernel } from "../protocol/threading-messages.ts";
import { appendCommands } from "../rings/command-receiver.ts";
import { SnapshotWriter } from "../rings/snapshot.ts";
import { CaptureSender } from "./capture-sender.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { PcmReceiver } from "./pcm-receiver.ts";
import { ProducerReceiver } from "./producer-receiver.ts";

/** Frames between two snapshots, unless the journal has entries. */
const SNAPSHOT_FRAMES = 512;

/**
 * The kernel with an engine memory of its own: everything that other threads want arrives as a message, handled between two
 * blocks. Thread: audio; offline the control thread.
 */
export class MessageKernel {
	readonly #kernel: Kernel;
	readonly #memory: KernelMemory;
	readonly #pcm: PcmReceiver;
	readonly #producers: ProducerReceiver;
	readonly #captures: CaptureSender;
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
		this.#producers = new ProducerReceiver(this.#memory);
		this.#captures = new CaptureSender(this.#memory);
		this.#post = post;
	}

	/** Renders one block, as `Kernel` does. @returns false once the engine has been shut down. */
	render(outputs: readonly Float32Array[]): boolean {
		const isAlive = this.#kernel.render(outputs);
		this.#framesSinceSnapshot += outputs[0]?.length ?? 0;
		const isDue = this.#framesSinceSnapshot >= SNAPSHOT_FRAMES || this.#snapshots.hasJournal(this.#memory.words);
		if (isDue) this.takeSnapshot();
		this.#producers.report();
		this.#captures.pump();
		if (!isAlive) this.close();
		return isAlive;
	}

	/** Takes the device's input, as `Kernel` does. */
	takeInput(left: Float32Array | undefined, right: Float32Array | undefined): void {
		this.#kernel.takeInput(left, right);
	}

	/** Applies waiting commands, as `Kernel` does, and reports the outcome. */
	applyCommands(): number {
		this.takeProducers();
		const commands = this.#kernel.applyCommands();
		this.takeSnapshot();
		this.#producers.report();
		this.#captures.pump();
		return commands;
	}

	/** Takes what producers have sent, where that needs no turn: before the control thread itself renders. */
	takeProducers(): void {
		this.#producers.takeNow();
	}

	/** Sends the control thread a snapshot, if it has returned the last one. */
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
				this.#producers.add(message.ring, message.generation, message.port);
				break;
			case "dropProducer": {
				const { ring, generation } = message;
				this.#post({ type: "producerDropped", ring, write: this.#producers.drop(ring, generation) }, []);
				break;
			}
			case "addRecorder":
				this.#captures.connect(message.port);
				break;
			case "snapshot":
				this.#memory.words[layout.JOURNAL_READ / 4] = message.journalRead;
				this.#memory.words[layout.EVENT_READ / 4] = message.eventsRead;
				this.#snapshot = message.words;
				break;
			case "flush":
				// Where no more blocks are rendered this is the only snapshot.
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
		this.#producers.close();
		this.#captures.close();
	}

	#setHeader(header: Int32Array): void {
		this.#memory.words.set(header, layout.HEADER / 4);
		this.#producers.report();
	}

	#grow(pages: number, neededPages: number): void {
		if (this.#memory.growTo(pages) || this.#memory.growTo(neededPages)) this.#kernel.attach(this.#memory.memory.buffer);
		this.#post({ type: "grown", pages: this.#memory.pages }, []);
	}
}

/**
 * Runs a kernel behind a processor's port. Thread: audio.
 *
 * @returns what renders its blocks; nothing but silence when the platform grants it no memory, which the port reports.
 */
export function hostMessageKernel(
	start: MessageKernelStart,
	port: PortLike<ToMessageKernel, FromMessageKernel>,
): Pick<Kernel, "render" | "takeInput"> {
	try {
		const kernel = new MessageKernel(start, (message, transfer) => send(port, message, transfer));
		listen(port, (message) => kernel.onMessage(message));
		send(port, { type: "started" });
		return kernel;
	} catch (error) {
		send(port, { type: "refused", reason: String(error) });
		return { render: () => false, takeInput: () => {} };
	}
}
