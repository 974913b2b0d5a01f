import { LooperError } from "../errors.ts";
import type { PortLike, Transferred } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type {
	FromMessageKernel,
	FromPcmReceiver,
	FromProducer,
	ToMessageKernel,
	ToPcmReceiver,
	ToProducer,
} from "../protocol/threading-messages.ts";
import { ringWord } from "../rings/ring-place.ts";
import { applySnapshot, SNAPSHOT_WORDS } from "../rings/snapshot.ts";

/** The control thread's port to the audio thread. */
export interface KernelPort {
	post(message: ToMessageKernel, transfer: Transferred[]): void;
	close(): void;
}

/**
 * The control thread's side of message threading: keeps its mirror of the engine memory up to date and asks the audio thread
 * for what only that thread can do. What is posted before `connect` waits. Thread: control.
 */
export class KernelConnection {
	readonly #words: Int32Array<ArrayBuffer>;
	#port: KernelPort | null = null;
	#waiting: [message: ToMessageKernel, transfer: Transferred[]][] = [];
	#isClosed = false;
	#loaders = 0;
	/** Resolvers of awaited answers; every request is answered. */
	readonly #dropped: Map<string, () => void> = new Map();
	readonly #flushed: (() => void)[] = [];
	readonly #grown: ((pages: number) => void)[] = [];
	#onStarted: (reason: string | null) => void = () => {};
	/** Settles when the kernel runs. */
	readonly started: Promise<void>;

	/** @param words - the mirror */
	constructor(words: Int32Array<ArrayBuffer>) {
		this.#words = words;
		this.started = new Promise((resolve, reject) => {
			this.#onStarted = (reason) => {
				if (reason === null) resolve();
				else reject(new LooperError("out-of-memory", `The audio thread cannot start (${reason}). Close other pages.`));
			};
		});
		// Suppress the unhandled rejection; awaiting `started` rethrows it.
		this.started.catch(() => {});
	}

	/** Posts what waits, and everything after it. */
	connect(port: KernelPort): void {
		this.#port = port;
		for (const [message, transfer] of this.#waiting.splice(0)) port.post(message, transfer);
		this.#returnSnapshot(new Int32Array(SNAPSHOT_WORDS));
	}

	post(message: ToMessageKernel, transfer: Transferred[] = []): void {
		if (this.#isClosed) return;
		if (this.#port === null) this.#waiting.push([message, transfer]);
		else this.#port.post(message, transfer);
	}

	/** Takes a message of the audio thread. */
	onMessage(message: FromMessageKernel): void {
		switch (message.type) {
			case "started":
				this.#onStarted(null);
				break;
			case "refused":
				this.#onStarted(message.reason);
				break;
			case "snapshot":
				applySnapshot(message.words, this.#words);
				this.#returnSnapshot(message.words);
				break;
			case "grown":
				this.#grown.shift()?.(message.pages);
				break;
			case "loaderDropped":
				this.#answer(`loader ${message.loader}`);
				break;
			case "producerDropped":
				this.#words[ringWord(message.ring, layout.RING_WRITE)] = message.write;
				this.#answer(`stream ${message.ring}`);
				break;
			case "flushed":
				this.#flushed.shift()?.();
				break;
			default:
				message satisfies never;
		}
	}

	/** @returns the pages that the memory has afterwards. */
	grow(pages: number, neededPages: number): Promise<number> {
		return new Promise((resolve) => {
			this.#grown.push(resolve);
			this.post({ type: "grow", pages, neededPages });
		});
	}

	/** Settles when the audio thread has taken everything that was posted before. */
	flush(): Promise<void> {
		if (this.#isClosed) return Promise.resolve();
		return new Promise((resolve) => {
			this.#flushed.push(resolve);
			this.post({ type: "flush" });
		});
	}

	/** @returns what ends the connection; that settles when nothing of the loader thread arrives any more. */
	addLoader(port: PortLike<ToPcmReceiver, FromPcmReceiver>): () => Promise<void> {
		this.#loaders += 1;
		const loader = this.#loaders;
		this.post({ type: "addLoader", loader, port }, [port]);
		return () => this.#drop(`loader ${loader}`, { type: "dropLoader", loader });
	}

	/** @returns what ends the connection; that settles when nothing of the producer arrives any more. */
	addProducer(ring: number, generation: number, port: PortLike<FromProducer, ToProducer>): () => Promise<void> {
		this.post({ type: "addProducer", ring, generation, port }, [port]);
		return () => this.#drop(`stream ${ring}`, { type: "dropProducer", ring, generation });
	}

	/** Ends the connection and settles every answer that is still awaited. */
	close(): void {
		this.#isClosed = true;
		this.#port?.close();
		this.#waiting = [];
		for (const answer of [...this.#dropped.values(), ...this.#flushed]) answer();
		this.#dropped.clear();
	}

	#drop(name: string, message: ToMessageKernel): Promise<void> {
		if (this.#isClosed) return Promise.resolve();
		return new Promise((resolve) => {
			this.#dropped.set(name, resolve);
			this.post(message);
		});
	}

	#answer(name: string): void {
		this.#dropped.get(name)?.();
		this.#dropped.delete(name);
	}

	#returnSnapshot(words: Int32Array<ArrayBuffer>): void {
		const journalRead = Atomics.load(this.#words, layout.JOURNAL_READ / 4);
		const eventsRead = Atomics.load(this.#words, layout.EVENT_READ / 4);
		this.post({ type: "snapshot", words, journalRead, eventsRead }, [words.buffer]);
	}
}
