import { listen, listenNow, type PortLike, send } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { FromProducer, ToProducer } from "../protocol/threading-messages.ts";
import { appendCommands } from "../rings/command-receiver.ts";
import { ringWord } from "../rings/ring-place.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** One producer of commands, as the audio thread knows it. */
interface Producer {
	readonly port: PortLike<FromProducer, ToProducer>;
	readonly generation: number;
	/** What the producer was last told. */
	state: ToProducer;
}

/**
 * Takes the commands of producers into their rings in the engine memory that the audio thread owns, and tells each how
 * far its ring has been read. Thread: audio, between two blocks.
 */
export class ProducerReceiver {
	readonly #memory: KernelMemory;
	/** By ring. An array, because looping over any other collection allocates an iterator per block. */
	readonly #producers: (Producer | undefined)[] = Array.from({ length: layout.MAX_RINGS });

	constructor(memory: KernelMemory) {
		this.#memory = memory;
	}

	add(ring: number, generation: number, port: Producer["port"]): void {
		const producer: Producer = { port, generation, state: this.#stateOf(ring, false) };
		this.#producers[ring] = producer;
		this.#memory.words[ringWord(ring, layout.RING_GENERATION)] = generation;
		listen(port, (message) => this.#take(ring, producer, message));
	}

	/** Takes what waits at the ports, where that needs no turn. */
	takeNow(): void {
		for (const [ring, producer] of this.#producers.entries()) {
			if (producer !== undefined) this.#takeArrived(ring, producer);
		}
	}

	/**
	 * Takes what the producer has sent so far, and nothing afterwards. The producer is told, and closes the port.
	 *
	 * @returns its ring's final write position.
	 */
	drop(ring: number, generation: number): number {
		const producer = this.#producers[ring];
		if (producer?.generation === generation) {
			this.#takeArrived(ring, producer);
			// One of these messages may have closed it.
			if (this.#producers[ring] === producer) {
				send(producer.port, this.#stateOf(ring, true));
				this.#forget(ring, producer);
			}
		}
		return this.#memory.words[ringWord(ring, layout.RING_WRITE)] ?? 0;
	}

	/**
	 * Tells every producer what is new: called after each block and when the engine's state has changed. One that does not listen
	 * never sends more than its ring holds, so no more than that piles up at its port. Does not allocate while there is nothing new.
	 */
	report(): void {
		for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
			const producer = this.#producers[ring];
			if (producer !== undefined) this.#reportTo(ring, producer);
		}
	}

	/** Forgets every producer: each closes its own port when it learns that the engine is closed. */
	close(): void {
		this.#producers.fill(undefined);
	}

	/** Where that needs no turn. */
	#takeArrived(ring: number, producer: Producer): void {
		listenNow(producer.port, (message) => this.#take(ring, producer, message));
	}

	#take(ring: number, producer: Producer, message: FromProducer): void {
		if (this.#producers[ring] !== producer) return;
		switch (message.type) {
			case "commands":
				appendCommands(this.#memory.words, ring, message.words);
				break;
			case "close":
				producer.port.close();
				this.#forget(ring, producer);
				break;
			default:
				message satisfies never;
		}
	}

	#reportTo(ring: number, producer: Producer): void {
		if (!this.#hasChanged(ring, producer.state)) return;
		producer.state = this.#stateOf(ring, false);
		send(producer.port, producer.state);
	}

	/** Does not allocate: called for every producer after every block. */
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

	#forget(ring: number, producer: Producer): void {
		this.#producers[ring] = undefined;
		this.#memory.words[ringWord(ring, layout.RING_GENERATION)] = (producer.generation + 1) | 0;
	}
}
