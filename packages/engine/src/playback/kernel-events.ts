import type { PadEvent } from "../protocol/engine-types.ts";
import * as events from "../protocol/kernel-events.ts";
import { EVENT_BYTES } from "../protocol/shared-memory.ts";
import { EventRing } from "../rings/event-ring.ts";

/** By the PAD constants of shared-memory.ts. */
const STATES: readonly PadEvent["state"][] = ["idle", "playing", "queued", "stopping", "paused"];

/** Hands on what the audio thread says of pads and voices. Thread: control. */
export class KernelEvents {
	readonly #ring: EventRing;
	readonly #words: Uint32Array<ArrayBuffer> = new Uint32Array(EVENT_BYTES / 4);
	readonly #padChanged: (event: PadEvent) => void;
	readonly #voiceEnded: (number: number) => void;

	/** @param words - the engine memory up to SHARED_END */
	constructor(words: Int32Array, padChanged: (event: PadEvent) => void, voiceEnded: (number: number) => void) {
		this.#ring = new EventRing(words);
		this.#padChanged = padChanged;
		this.#voiceEnded = voiceEnded;
	}

	/** Reads what the ring holds. */
	drain(): void {
		const words = new Int32Array(this.#words.buffer);
		while (this.#ring.read(words)) {
			const field = (offset: number): number => this.#words[offset / 4] ?? 0;
			const argument = field(events.EVENT_ARGUMENT);
			if (field(events.EVENT_TYPE) === events.VOICE_ENDED) this.#voiceEnded(argument);
			if (field(events.EVENT_TYPE) !== events.PAD_CHANGED) continue;
			this.#padChanged({
				id: field(events.EVENT_SLOT),
				state: STATES[argument] ?? "idle",
				frame: field(events.EVENT_FRAME_HIGH) * 2 ** 32 + field(events.EVENT_FRAME_LOW),
			});
		}
	}
}
