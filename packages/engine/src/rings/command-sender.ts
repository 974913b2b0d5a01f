import * as layout from "../protocol/shared-memory.ts";
import { ringPlace, ringWord } from "./ring-place.ts";

const COMMAND_WORDS = layout.COMMAND_BYTES / 4;

/**
 * Takes the commands that its owner has written into a ring of a mirror since the last time, to be posted to the audio
 * thread. The ring's read position stays what the audio thread has told last, so commands in flight count against the same
 * capacity as in shared memory.
 *
 * Thread: the ring's producer.
 */
export class CommandSender {
	readonly #words: Int32Array;
	readonly #ring: number;
	readonly #commands: number;
	readonly #mask: number;
	#sent: number;

	/** @param words - the mirror; @param ring - as in ControlRing */
	constructor(words: Int32Array, ring: number) {
		this.#words = words;
		this.#ring = ring;
		const { commands, capacity } = ringPlace(ring);
		this.#commands = commands / 4;
		this.#mask = capacity - 1;
		this.#sent = this.#written;
	}

	/** @returns the new commands, COMMAND_BYTES / 4 words each. */
	take(): Int32Array {
		const count = (this.#written - this.#sent) | 0;
		const taken = new Int32Array(count * COMMAND_WORDS);
		for (let index = 0; index < count; index++) {
			const command = this.#commands + ((this.#sent + index) & this.#mask) * COMMAND_WORDS;
			taken.set(this.#words.subarray(command, command + COMMAND_WORDS), index * COMMAND_WORDS);
		}
		this.#sent = this.#written;
		return taken;
	}

	get #written(): number {
		return this.#words[ringWord(this.#ring, layout.RING_WRITE)] ?? 0;
	}
}
