import { LooperError } from "../errors.ts";
import { listen, type PortLike, send } from "../protocol/message-port.ts";
import {
	type FromPcmReceiver,
	PCM_CHUNK_BYTES,
	PCM_MOVE_BYTES,
	type ToPcmReceiver,
} from "../protocol/threading-messages.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Cancellation } from "../source/cancellation.ts";
import type { PcmTarget } from "./pcm-target.ts";
import { SpareBuffers } from "./spare-buffers.ts";

/** PCM that waits to be sent: adjacent claims. */
interface Run {
	readonly address: number;
	readonly pieces: Piece[];
	bytes: number;
}

/** A claim, or the rest of it that has not been sent. */
interface Piece {
	readonly bytes: Uint8Array;
	/** What it was claimed from. */
	readonly buffer: ArrayBuffer;
}

/** The other end of a promise. */
interface Waiting {
	resolve(): void;
	reject(error: LooperError): void;
}

/** Someone who waits until fewer bytes than that wait to be sent. */
interface Sending {
	readonly waiting: Waiting;
	readonly below: number;
}

/** What the sender needs of its thread. */
export interface SenderThread extends Pick<Scheduler, "after"> {
	/** Reports that this thread waits for the audio thread, or no longer does. */
	waiting(isWaiting: boolean): void;
}

/** Bytes that may wait to be sent before `room` waits. */
const QUEUE_BYTES = 8 * PCM_CHUNK_BYTES;
/** How long this thread waits for the audio thread before it tells the control thread. */
const PATIENCE_MS = 500;

/**
 * Sends PCM to the audio thread that owns the engine memory, a chunk for each credit that it gives.
 *
 * Credits are asked for as soon as a chunk is whole, so that they are there when this thread next takes its messages, and the audio
 * thread copies while this one decodes. Thread: loader.
 */
export class PcmSender implements PcmTarget {
	readonly #port: PortLike<FromPcmReceiver, ToPcmReceiver>;
	readonly #thread: SenderThread;
	readonly #buffers: SpareBuffers = new SpareBuffers();
	#cancellation: Cancellation | null = null;
	#runs: Run[] = [];
	#bytes = 0;
	/** Credits asked for since the last `settle` that have not come. */
	#wanted = 0;
	/** Questions to `settle` that are not answered: credits that come before belong to what was dropped. */
	#unsettled = 0;
	/** Messages posted, and how many of them the audio thread is known to have taken. */
	#posted = 0;
	#settled = 0;
	#sending: Sending | null = null;
	#reading: { readonly into: Uint8Array; readonly waiting: Waiting } | null = null;
	/** Those who wait for `done`, in the order of their questions. */
	readonly #asked: (() => void)[] = [];

	constructor(port: PortLike<FromPcmReceiver, ToPcmReceiver>, thread: SenderThread) {
		this.#port = port;
		this.#thread = thread;
		listen(port, (message) => this.#onMessage(message));
	}

	/** Makes all waiting end when this load is cancelled. */
	begin(cancellation: Cancellation): void {
		this.#cancellation = cancellation;
	}

	claim(address: number, samples: number): Float32Array {
		// An empty run would use up a credit that was requested for another.
		if (samples === 0) return new Float32Array(0);
		const length = samples * Float32Array.BYTES_PER_ELEMENT;
		const buffer = this.#buffers.take(length);
		const piece = { bytes: new Uint8Array(buffer, 0, length), buffer };
		const last = this.#runs.at(-1);
		if (last !== undefined && last.address + last.bytes === address) {
			last.pieces.push(piece);
			last.bytes += length;
		} else {
			this.#runs.push({ address, pieces: [piece], bytes: length });
		}
		this.#bytes += length;
		return new Float32Array(buffer, 0, samples);
	}

	room(): Promise<void> | null {
		this.#want(Math.floor);
		return this.#bytes < QUEUE_BYTES ? null : this.#sentBelow(QUEUE_BYTES);
	}

	async move(from: number, to: number, bytes: number): Promise<void> {
		await this.#send();
		for (let moved = 0; moved < bytes; moved += PCM_MOVE_BYTES) {
			const step = Math.min(PCM_MOVE_BYTES, bytes - moved);
			await this.#patiently(
				new Promise((resolve) => {
					this.#ask({ type: "move", from: from + moved, to: to + moved, bytes: step }, resolve);
				}),
			);
			this.#cancellation?.check();
		}
	}

	async read(address: number, into: Uint8Array): Promise<void> {
		for (let start = 0; start < into.length; start += PCM_CHUNK_BYTES) {
			const piece = into.subarray(start, start + PCM_CHUNK_BYTES);
			await this.#cancellable((waiting) => {
				this.#reading = { into: piece, waiting };
				this.#post({ type: "read", address: address + start, bytes: piece.length });
			});
		}
	}

	async complete(): Promise<void> {
		await this.#send();
		await this.settle();
	}

	settle(): Promise<void> {
		this.#runs = [];
		this.#bytes = 0;
		this.#sending = null;
		this.#reading = null;
		if (this.#posted === this.#settled) return Promise.resolve();
		return this.#patiently(
			new Promise((resolve) => {
				const posted = this.#posted + 1;
				this.#wanted = 0;
				this.#unsettled += 1;
				this.#ask({ type: "settle" }, () => {
					this.#settled = posted;
					this.#unsettled -= 1;
					resolve();
				});
			}),
		);
	}

	/** Sends everything that waits. */
	async #send(): Promise<void> {
		this.#want(Math.ceil);
		if (this.#bytes > 0) await this.#sentBelow(1);
	}

	#sentBelow(below: number): Promise<void> {
		return this.#cancellable((waiting) => {
			this.#sending = { waiting, below };
		});
	}

	/** Asks for the credits that what waits needs. @param ofLast - rounds the chunks of the last run, which may still grow */
	#want(ofLast: (chunks: number) => number): void {
		const last = this.#runs.at(-1);
		const needed = this.#runs.reduce((sum, run) => {
			const chunks = run.bytes / PCM_CHUNK_BYTES;
			return sum + (run === last ? ofLast(chunks) : Math.ceil(chunks));
		}, 0);
		if (needed <= this.#wanted) return;
		this.#post({ type: "want", chunks: needed - this.#wanted });
		this.#wanted = needed;
	}

	#onMessage(message: FromPcmReceiver): void {
		switch (message.type) {
			case "credit":
				this.#useCredit(message.buffer);
				break;
			case "piece":
				this.#takePiece(message.buffer);
				break;
			case "done":
				this.#asked.shift()?.();
				break;
			default:
				message satisfies never;
		}
	}

	#useCredit(buffer: ArrayBuffer): void {
		if (this.#unsettled === 0) this.#wanted -= 1;
		const run = this.#runs[0];
		if (run === undefined) {
			this.#post({ type: "return", buffer }, [buffer]);
			return;
		}
		const bytes = this.#fill(new Uint8Array(buffer), run.pieces);
		this.#runs[0] = { address: run.address + bytes, pieces: run.pieces, bytes: run.bytes - bytes };
		if (run.bytes === bytes) this.#runs.shift();
		this.#bytes -= bytes;
		this.#post({ type: "chunk", address: run.address, bytes, buffer }, [buffer]);
		if (this.#sending === null || this.#bytes >= this.#sending.below) return;
		this.#sending.waiting.resolve();
		this.#sending = null;
	}

	#takePiece(buffer: ArrayBuffer): void {
		const { into, waiting } = this.#reading ?? {};
		this.#reading = null;
		into?.set(new Uint8Array(buffer, 0, into.length));
		this.#post({ type: "return", buffer }, [buffer]);
		waiting?.resolve();
	}

	#ask(question: ToPcmReceiver, answered: () => void): void {
		this.#asked.push(answered);
		this.#post(question);
	}

	#post(message: ToPcmReceiver, transfer: ArrayBuffer[] = []): void {
		this.#posted += 1;
		send(this.#port, message, transfer);
	}

	/** @throws LooperError `cancelled`, as soon as the load is. */
	async #cancellable(begin: (waiting: Waiting) => void): Promise<void> {
		const cancellation = this.#cancellation;
		cancellation?.check();
		let forget: (() => void) | undefined;
		try {
			await this.#patiently(
				new Promise<void>((resolve, reject) => {
					forget = cancellation?.onCancel(() => reject(new LooperError("cancelled", "The load was cancelled.")));
					begin({ resolve, reject });
				}),
			);
		} finally {
			forget?.();
		}
	}

	/** Tells the control thread when the audio thread is slow: a suspended one may never answer. */
	async #patiently(answer: Promise<void>): Promise<void> {
		let isTold = false;
		const cancel = this.#thread.after(PATIENCE_MS, () => {
			isTold = true;
			this.#thread.waiting(true);
		});
		try {
			await answer;
		} finally {
			cancel();
			if (isTold) this.#thread.waiting(false);
		}
	}

	/** Moves bytes from the front of the pieces into a chunk. @returns how many */
	#fill(chunk: Uint8Array, pieces: Piece[]): number {
		let filled = 0;
		while (filled < chunk.length) {
			const piece = pieces[0];
			if (piece === undefined) break;
			const part = piece.bytes.subarray(0, chunk.length - filled);
			chunk.set(part, filled);
			filled += part.length;
			if (part.length === piece.bytes.length) {
				pieces.shift();
				this.#buffers.give(piece.buffer);
			} else pieces[0] = { bytes: piece.bytes.subarray(part.length), buffer: piece.buffer };
		}
		return filled;
	}
}
