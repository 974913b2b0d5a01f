import { listen, listenNow, type PortLike, send } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { FromProducer, ToProducer } from "../protocol/threading-messages.ts";
import { appendCommands } from "../rings/command-receiver.ts";
import { ringWord } from "../rings/ring-place.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** One stream, as the audio thread knows it. */
interface Inlet {
	readonly port: PortLike<FromProducer, ToProducer>;
	readonly generation: number;
	/** What the stream was told last. */
	state: ToProducer;
}

/**
 * Takes the commands of streams into their rings in the engine memory that the audio thread owns, and tells each stream how
 * far its ring has been read. Thread: audio, between two blocks.
 */
export class ProducerReceiver {
	readonly #memory: KernelMemory;
	/** By ring. An array, because every other collection makes an iterator for the loop of each block. */
	readonly #inlets: (Inlet | undefined)[] = Array.from({ length: layout.MAX_RINGS });

	constructor(memory: KernelMemory) {
		this.#memory = memory;
	}

	add(ring: number, generation: number, port: Inlet["port"]): void {
		const inlet: Inlet = { port, generation, state: this.#stateOf(ring, false) };
		this.#inlets[ring] = inlet;
		this.#memory.words[ringWord(ring, layout.RING_GENERATION)] = generation;
		listen(port, (message) => this.#take(ring, inlet, message));
	}

	/** Takes what waits at the ports, where that needs no turn. */
	takeNow(): void {
		for (const [ring, inlet] of this.#inlets.entries()) {
			if (inlet !== undefined) this.#takeArrived(ring, inlet);
		}
	}

	/**
	 * Takes what has arrived of the stream, and nothing afterwards; it is told that it is closed, and closes the port.
	 *
	 * @returns where its ring's write position stays.
	 */
	drop(ring: number, generation: number): number {
		const inlet = this.#inlets[ring];
		if (inlet?.generation === generation) {
			this.#takeArrived(ring, inlet);
			// It may have been closed by what has arrived.
			if (this.#inlets[ring] === inlet) {
				send(inlet.port, this.#stateOf(ring, true));
				this.#forget(ring, inlet);
			}
		}
		return this.#memory.words[ringWord(ring, layout.RING_WRITE)] ?? 0;
	}

	/**
	 * Tells every stream what is new: called after each block and when the engine's state has changed. A stream that does not
	 * listen sends no more than its ring holds either, so no more than that piles up at its port. Does not allocate while there is
	 * nothing new.
	 */
	report(): void {
		for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
			const inlet = this.#inlets[ring];
			if (inlet !== undefined) this.#reportTo(ring, inlet);
		}
	}

	/** Forgets every stream; those who have heard that the engine is closed have closed their ports, or will. */
	close(): void {
		this.#inlets.fill(undefined);
	}

	/** Where that needs no turn. */
	#takeArrived(ring: number, inlet: Inlet): void {
		listenNow(inlet.port, (message) => this.#take(ring, inlet, message));
	}

	#take(ring: number, inlet: Inlet, message: FromProducer): void {
		if (this.#inlets[ring] !== inlet) return;
		switch (message.type) {
			case "commands":
				appendCommands(this.#memory.words, ring, message.words);
				break;
			case "close":
				inlet.port.close();
				this.#forget(ring, inlet);
				break;
			default:
				message satisfies never;
		}
	}

	#reportTo(ring: number, inlet: Inlet): void {
		if (!this.#hasChanged(ring, inlet.state)) return;
		inlet.state = this.#stateOf(ring, false);
		send(inlet.port, inlet.state);
	}

	/** Does not allocate: asked of every stream after every block. */
	#hasChanged(ring: number, state: ToProducer): boolean {
		const words = this.#memory.words;
		return (
			words[ringWord(ring, layout.RING_READ)] !== state.read ||
			words[ringWord(ring, layout.RING_TIMED_DONE)] !== state.timedDone ||
			words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] !== state.engineState
		);
	}

	#stateOf(ring: number, isClosed: boolean): ToProducer {
		const words = this.#memory.words;
		return {
			read: words[ringWord(ring, layout.RING_READ)] ?? 0,
			timedDone: words[ringWord(ring, layout.RING_TIMED_DONE)] ?? 0,
			engineState: words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] ?? 0,
			isClosed,
		};
	}

	#forget(ring: number, inlet: Inlet): void {
		this.#inlets[ring] = undefined;
		this.#memory.words[ringWord(ring, layout.RING_GENERATION)] = (inlet.generation + 1) | 0;
	}
}
