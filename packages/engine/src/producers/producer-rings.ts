import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import type { ChannelLike, PortLike } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { FromProducer, ToProducer } from "../protocol/threading-messages.ts";
import { ControlRing } from "../rings/control-ring.ts";
import { ringWord } from "../rings/ring-place.ts";
import { closeGeneration } from "./audio-stream-handle.ts";
import { enterOwnKernel } from "./own-kernel.ts";
import type { StreamDescriptor, StreamGrant } from "./stream-descriptor.ts";

/** How streams reach the audio thread that owns the engine memory. */
export interface ProducerConnection {
	createChannel(): ChannelLike<ToProducer, FromProducer>;
	/** @returns what ends the connection; that settles when nothing of the stream arrives any more. */
	addProducer(ring: number, generation: number, port: PortLike<FromProducer, ToProducer>): () => Promise<void>;
}

/**
 * Grants the rings of streams. A ring's generation is odd while a stream owns it; it is granted again when its last
 * owner has closed it and the kernel has read everything in it, which it is made to do at once where that is possible.
 * Thread: control.
 */
export class ProducerRings {
	readonly #memory: EngineMemory;
	readonly #slots: number;
	readonly #link: ProducerConnection | null;
	/** Rings whose stream was closed from here, while commands of it may still be in flight. */
	readonly #ending: Set<number> = new Set();

	/** Lets the kernel apply what waits, where the control thread runs it. */
	readonly #makeRoom: (() => void) | null;

	/**
	 * @param link - null where memory is shared
	 * @param makeRoom - lets the kernel apply what waits; null where an audio thread does
	 */
	constructor(
		memory: EngineMemory,
		slots: number,
		link: ProducerConnection | null = null,
		makeRoom: (() => void) | null = null,
	) {
		this.#makeRoom = makeRoom;
		this.#memory = memory;
		this.#slots = slots;
		this.#link = link;
	}

	/** @throws LooperError `ring-full` when every ring is owned or not yet drained. */
	grant(): StreamGrant {
		let ring = this.#freeRing();
		if (ring === null && this.#makeRoom !== null) {
			this.#makeRoom();
			ring = this.#freeRing();
		}
		if (ring === null) {
			throw new LooperError("ring-full", `all ${layout.MAX_PRODUCERS} stream handles are in use; close one first`);
		}
		const word = ringWord(ring, layout.RING_GENERATION);
		const generation = (Atomics.load(this.#memory.words, word) + 1) | 0;
		Atomics.store(this.#memory.words, word, generation);
		return this.#link === null ? this.#share(ring, generation) : this.#port(ring, generation, this.#link);
	}

	/** @returns a ring without an owner in which nothing waits, null when there is none. */
	#freeRing(): number | null {
		for (let ring = 1; ring <= layout.MAX_PRODUCERS; ring++) {
			const isOwned = (Atomics.load(this.#memory.words, ringWord(ring, layout.RING_GENERATION)) & 1) === 1;
			if (isOwned || this.#ending.has(ring)) continue;
			if (new ControlRing(this.#memory.buffer, ring).isDrained) return ring;
		}
		return null;
	}

	#share(ring: number, generation: number): StreamGrant {
		const { memory, words } = this.#memory;
		if (memory === null) throw new Error("the engine memory is not shared");
		if (this.#makeRoom !== null) enterOwnKernel(memory, this.#makeRoom);
		return {
			descriptor: { memory, ring, generation, slots: this.#slots },
			transfer: [],
			release: () => closeGeneration(words, ringWord(ring, layout.RING_GENERATION), generation),
		};
	}

	#port(ring: number, generation: number, link: ProducerConnection): StreamGrant {
		const { words } = this.#memory;
		const { port1, port2 } = link.createChannel();
		const drop = link.addProducer(ring, generation, port2);
		if (this.#makeRoom !== null) enterOwnKernel(port1, this.#makeRoom);
		const descriptor: StreamDescriptor = {
			port: port1,
			ring,
			generation,
			slots: this.#slots,
			position: words[ringWord(ring, layout.RING_WRITE)] ?? 0,
			timedSent: words[ringWord(ring, layout.RING_TIMED_SENT)] ?? 0,
			timedDone: words[ringWord(ring, layout.RING_TIMED_DONE)] ?? 0,
			engineState: words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] ?? 0,
		};
		const release = (): void => {
			if (!closeGeneration(words, ringWord(ring, layout.RING_GENERATION), generation)) return;
			this.#ending.add(ring);
			void drop().then(() => this.#ending.delete(ring));
		};
		return { descriptor, transfer: [port1], release };
	}
}
