import { LooperError } from "../errors.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { StreamGrant } from "../protocol/stream-descriptor.ts";
import { ControlRing } from "../rings/control-ring.ts";
import { ringWord } from "../rings/ring-place.ts";
import { enterOwnKernel } from "../threading/own-kernel.ts";
import type { Threading } from "../threading/threading.ts";
import { closeGeneration } from "./close-generation.ts";

/**
 * Grants the rings of streams. A ring's generation is odd while a stream owns it; it is granted again when its last
 * owner has closed it and the kernel has read everything in it, at once if the control thread runs it.
 * Thread: control.
 */
export class ProducerRings {
	readonly #threading: Pick<Threading, "memory" | "connectProducer">;
	readonly #slots: number;
	/** Lets the kernel apply what waits, where the control thread runs it. */
	readonly #makeRoom: (() => void) | null;
	/** Rings whose stream was closed from here, while commands of it may still be in flight. */
	readonly #ending: Set<number> = new Set();

	/** @param makeRoom - lets the kernel apply what waits; null where an audio thread does */
	constructor(
		threading: Pick<Threading, "memory" | "connectProducer">,
		slots: number,
		makeRoom: (() => void) | null = null,
	) {
		this.#threading = threading;
		this.#slots = slots;
		this.#makeRoom = makeRoom;
	}

	/** @throws LooperError `ring-full` when every ring is owned or not yet drained. */
	grant(): StreamGrant {
		let ring = this.#freeRing();
		if (ring === null && this.#makeRoom !== null) {
			this.#makeRoom();
			ring = this.#freeRing();
		}
		if (ring === null) {
			throw new LooperError("ring-full", `All ${layout.MAX_PRODUCERS} stream handles are in use. Close one first.`);
		}
		const { words } = this.#threading.memory;
		const word = ringWord(ring, layout.RING_GENERATION);
		const generation = (Atomics.load(words, word) + 1) | 0;
		Atomics.store(words, word, generation);
		const sampleRate = words[(layout.HEADER + layout.HEADER_SAMPLE_RATE) / 4] ?? 0;
		const connection = this.#threading.connectProducer({ ring, generation, slots: this.#slots, sampleRate });
		const { descriptor, transfer } = connection;
		if (this.#makeRoom !== null) enterOwnKernel(descriptor, this.#makeRoom);
		const release = (): void => {
			if (!closeGeneration(words, word, generation)) return;
			this.#ending.add(ring);
			connection.close(() => this.#ending.delete(ring));
		};
		return { descriptor, transfer: [...transfer] as unknown as never[], release };
	}

	/** @returns a ring without an owner in which nothing waits, null when there is none. */
	#freeRing(): number | null {
		const { words, buffer } = this.#threading.memory;
		for (let ring = 1; ring <= layout.MAX_PRODUCERS; ring++) {
			const isOwned = (Atomics.load(words, ringWord(ring, layout.RING_GENERATION)) & 1) === 1;
			if (isOwned || this.#ending.has(ring)) continue;
			if (new ControlRing(buffer, ring).isDrained) return ring;
		}
		return null;
	}
}
