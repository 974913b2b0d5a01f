import { listen, type PortLike, send } from "../protocol/message-port.ts";
import { STATUS, STATUS_ACTIVE_VOICES } from "../protocol/shared-memory.ts";
import {
	type FromPcmReceiver,
	PCM_CHUNK_BYTES,
	PCM_CREDITS,
	PCM_CREDITS_UNDER_VOICES,
	PCM_MANY_VOICES,
	PCM_MOVE_BYTES,
	type ToPcmReceiver,
} from "../protocol/threading-messages.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** One loader thread, as the audio thread knows it. */
interface Loader {
	readonly port: PortLike<ToPcmReceiver, FromPcmReceiver>;
	/** Chunks of it that wait for a credit. */
	wanted: number;
	/** What it wants to read. */
	reading: { readonly address: number; readonly bytes: number } | null;
	/** Credits that it has. */
	held: number;
}

/**
 * Takes PCM from the loader threads into the engine memory that the audio thread owns.
 *
 * A credit is an empty buffer: there are PCM_CREDITS of them, fewer are out while many voices sound, the loader threads get them in turn,
 * and only a thread that has one can send. So what waits to be copied between two blocks is bounded, however many threads load.
 * A thread that decodes takes no messages for milliseconds; it has no more than its share of the credits, so that the others go on.
 * Thread: audio, between two blocks.
 */
export class PcmReceiver {
	readonly #memory: KernelMemory;
	readonly #credits: ArrayBuffer[] = Array.from({ length: PCM_CREDITS }, () => new ArrayBuffer(PCM_CHUNK_BYTES));
	/** In turn: the last one to get a credit comes last. */
	readonly #loaders: Map<number, Loader> = new Map();

	constructor(memory: KernelMemory) {
		this.#memory = memory;
	}

	add(number: number, port: Loader["port"]): void {
		const loader: Loader = { port, wanted: 0, reading: null, held: 0 };
		this.#loaders.set(number, loader);
		listen(port, (message) => {
			if (this.#loaders.get(number) === loader) this.#take(loader, message);
		});
	}

	/** Takes nothing more from the loader thread; the credits that it holds are replaced. */
	drop(number: number): void {
		const loader = this.#loaders.get(number);
		if (loader === undefined) return;
		this.#loaders.delete(number);
		loader.port.close();
		for (; loader.held > 0; loader.held--) this.#credits.push(new ArrayBuffer(PCM_CHUNK_BYTES));
		this.#grant();
	}

	/** Closes every port. */
	close(): void {
		for (const { port } of this.#loaders.values()) port.close();
		this.#loaders.clear();
	}

	#take(loader: Loader, message: ToPcmReceiver): void {
		switch (message.type) {
			case "want":
				loader.wanted += message.chunks;
				break;
			case "chunk":
				if (this.#free(loader, message.buffer)) this.#write(message.address, message.bytes, message.buffer);
				break;
			case "read":
				loader.reading = message;
				break;
			case "return":
				this.#free(loader, message.buffer);
				break;
			case "move":
				this.#move(message.from, message.to, Math.min(message.bytes, PCM_MOVE_BYTES));
				send(loader.port, { type: "done" });
				break;
			case "settle":
				loader.wanted = 0;
				loader.reading = null;
				send(loader.port, { type: "done" });
				break;
			default:
				message satisfies never;
		}
		this.#grant();
	}

	/** @returns false when the thread had no credit for it: such a chunk is not taken. */
	#free(loader: Loader, buffer: ArrayBuffer): boolean {
		if (loader.held === 0 || buffer.byteLength !== PCM_CHUNK_BYTES) return false;
		loader.held -= 1;
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
		const voices = this.#memory.words[(STATUS + STATUS_ACTIVE_VOICES) / 4] ?? 0;
		const most = voices > PCM_MANY_VOICES ? PCM_CREDITS_UNDER_VOICES : PCM_CREDITS;
		while (this.#credits.length > PCM_CREDITS - most) {
			const next = this.#next(most);
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

	/** The loader that has waited longest and has not its share yet, moved behind all others. @param most - credits to share */
	#next(most: number): Loader | null {
		let takers = 0;
		for (const { wanted, reading, held } of this.#loaders.values()) {
			if (wanted > 0 || reading !== null || held > 0) takers += 1;
		}
		for (const [number, loader] of this.#loaders) {
			if ((loader.wanted === 0 && loader.reading === null) || loader.held * takers >= most) continue;
			this.#loaders.delete(number);
			this.#loaders.set(number, loader);
			return loader;
		}
		return null;
	}
}
