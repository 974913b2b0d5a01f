import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import { MAX_STREAMS } from "../protocol/layout.ts";
import { ControlRing } from "../rings/control-ring.ts";
import { closeGeneration, generationWord } from "./audio-stream-handle.ts";
import type { StreamGrant } from "./stream-descriptor.ts";

/**
 * Grants the rings of streams. A ring's generation is odd while a stream owns it; it is granted again when its last
 * owner has closed it and the kernel has read everything in it. Thread: control.
 */
export class StreamRings {
	readonly #memory: EngineMemory;
	readonly #slots: number;

	constructor(memory: EngineMemory, slots: number) {
		this.#memory = memory;
		this.#slots = slots;
	}

	/** @throws LooperError `ring-full` when every ring is owned or not yet drained. */
	grant(): StreamGrant {
		for (let ring = 1; ring <= MAX_STREAMS; ring++) {
			const word = generationWord(ring);
			const closed = Atomics.load(this.#memory.words, word);
			if ((closed & 1) === 1 || !new ControlRing(this.#memory.buffer, ring).isDrained) continue;
			const generation = (closed + 1) | 0;
			Atomics.store(this.#memory.words, word, generation);
			return {
				descriptor: { memory: this.#memory.memory, ring, generation, slots: this.#slots },
				transfer: [],
				release: () => closeGeneration(this.#memory.words, word, generation),
			};
		}
		throw new LooperError("ring-full", `all ${MAX_STREAMS} stream handles are in use; close one first`);
	}
}
