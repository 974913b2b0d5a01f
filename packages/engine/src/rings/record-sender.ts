import * as layout from "../protocol/layout.ts";
import { ringWord } from "./snapshot.ts";

const RECORD_WORDS = layout.RECORD_BYTES / 4;

/**
 * Takes the records that its owner has written into a ring of a mirror since the last time, to be posted to the audio
 * thread. The ring's read position stays what the audio thread has told last, so records in flight count against the same
 * capacity as in shared memory.
 *
 * Thread: the ring's producer.
 */
export class RecordSender {
	readonly #words: Int32Array;
	readonly #ring: number;
	readonly #records: number;
	readonly #mask: number;
	#sent: number;

	/** @param words - the mirror; @param ring - as in ControlRing */
	constructor(words: Int32Array, ring: number) {
		this.#words = words;
		this.#ring = ring;
		const records = ring === 0 ? layout.CONTROL_RING : layout.STREAM_RINGS + (ring - 1) * layout.STREAM_RING_BYTES;
		this.#records = records / 4;
		this.#mask = (ring === 0 ? layout.CONTROL_RING_RECORDS : layout.STREAM_RING_RECORDS) - 1;
		this.#sent = this.#written;
	}

	/** @returns the new records, eight words each. */
	take(): Int32Array {
		const count = (this.#written - this.#sent) | 0;
		const taken = new Int32Array(count * RECORD_WORDS);
		for (let index = 0; index < count; index++) {
			const record = this.#records + ((this.#sent + index) & this.#mask) * RECORD_WORDS;
			taken.set(this.#words.subarray(record, record + RECORD_WORDS), index * RECORD_WORDS);
		}
		this.#sent = this.#written;
		return taken;
	}

	get #written(): number {
		return this.#words[ringWord(this.#ring, layout.RING_WRITE)] ?? 0;
	}
}
