import { listen, type PortLike, send } from "../protocol/message-port.ts";
import {
	type FromPcmReceiver,
	PCM_CHUNK_BYTES,
	PCM_CREDITS,
	PCM_MOVE_BYTES,
	type ToPcmReceiver,
} from "../protocol/threading-messages.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** One loader thread, as the audio thread knows it. */
interface Inlet {
	readonly port: PortLike<ToPcmReceiver, FromPcmReceiver>;
	/** Chunks that wait there for a credit. */
	wanted: number;
	/** What it wants to read. */
	reading: { readonly address: number; readonly bytes: number } | null;
	/** Credits that it has. */
	held: number;
}

/**
 * Takes PCM from the loader threads into the engine memory that the audio thread owns.
 *
 * A credit is an empty buffer: there are PCM_CREDITS of them, the loader threads get them in turn, and only a thread that has one can
 * send. So what waits to be copied between two blocks is bounded, however many threads load.
 * Thread: audio, between two blocks.
 */
export class PcmReceiver {
	readonly #memory: KernelMemory;
	readonly #credits: ArrayBuffer[] = Array.from({ length: PCM_CREDITS }, () => new ArrayBuffer(PCM_CHUNK_BYTES));
	/** In turn: who got the newest credit comes last. */
	readonly #inlets: Map<number, Inlet> = new Map();

	constructor(memory: KernelMemory) {
		this.#memory = memory;
	}

	add(loader: number, port: Inlet["port"]): void {
		const inlet: Inlet = { port, wanted: 0, reading: null, held: 0 };
		this.#inlets.set(loader, inlet);
		listen(port, (message) => {
			if (this.#inlets.get(loader) === inlet) this.#take(inlet, message);
		});
	}

	/** From here on nothing of the loader thread is taken; credits that it has kept are made anew. */
	drop(loader: number): void {
		const inlet = this.#inlets.get(loader);
		if (inlet === undefined) return;
		this.#inlets.delete(loader);
		inlet.port.close();
		for (; inlet.held > 0; inlet.held--) this.#credits.push(new ArrayBuffer(PCM_CHUNK_BYTES));
		this.#grant();
	}

	/** Closes every port. */
	close(): void {
		for (const { port } of this.#inlets.values()) port.close();
		this.#inlets.clear();
	}

	#take(inlet: Inlet, message: ToPcmReceiver): void {
		switch (message.type) {
			case "want":
				inlet.wanted += message.chunks;
				break;
			case "chunk":
				if (this.#free(inlet, message.buffer)) this.#write(message.address, message.bytes, message.buffer);
				break;
			case "read":
				inlet.reading = message;
				break;
			case "return":
				this.#free(inlet, message.buffer);
				break;
			case "move":
				this.#move(message.from, message.to, Math.min(message.bytes, PCM_MOVE_BYTES));
				send(inlet.port, { type: "done" });
				break;
			case "settle":
				inlet.wanted = 0;
				inlet.reading = null;
				send(inlet.port, { type: "done" });
				break;
			default:
				message satisfies never;
		}
		this.#grant();
	}

	/** @returns false when the thread had no credit for it: such a chunk is not taken. */
	#free(inlet: Inlet, buffer: ArrayBuffer): boolean {
		if (inlet.held === 0 || buffer.byteLength !== PCM_CHUNK_BYTES) return false;
		inlet.held -= 1;
		this.#credits.push(buffer);
		return true;
	}

	#write(address: number, bytes: number, buffer: ArrayBuffer): void {
		this.#memory.pcm(address, bytes)?.set(new Uint8Array(buffer, 0, bytes));
	}

	#move(from: number, to: number, bytes: number): void {
		const source = this.#memory.pcm(from, bytes);
		if (source !== null) this.#memory.pcm(to, bytes)?.set(source);
	}

	/** Hands out what credits there are. */
	#grant(): void {
		while (this.#credits.length > 0) {
			const next = this.#next();
			const buffer = next === null ? undefined : this.#credits.pop();
			if (next === null || buffer === undefined) return;
			next.held += 1;
			if (next.reading === null) {
				next.wanted -= 1;
				send(next.port, { type: "credit", buffer }, [buffer]);
				continue;
			}
			const piece = this.#memory.pcm(next.reading.address, Math.min(next.reading.bytes, PCM_CHUNK_BYTES));
			if (piece !== null) new Uint8Array(buffer).set(piece);
			next.reading = null;
			send(next.port, { type: "piece", buffer }, [buffer]);
		}
	}

	/** The loader that waits longest, moved behind all others. */
	#next(): Inlet | null {
		for (const [loader, inlet] of this.#inlets) {
			if (inlet.wanted === 0 && inlet.reading === null) continue;
			this.#inlets.delete(loader);
			this.#inlets.set(loader, inlet);
			return inlet;
		}
		return null;
	}
}
