import { AT_FRAME, RECORD_TYPE } from "../protocol/control-messages.ts";
import * as layout from "../protocol/layout.ts";
import { ringWord } from "./snapshot.ts";

const RECORD_WORDS = layout.RECORD_BYTES / 4;

/**
 * Appends posted records to a ring of the memory that the kernel works on. Their producer counts them against the ring's
 * capacity, so there is room; more than that are not taken.
 *
 * Thread: audio, between two blocks.
 */
export function appendRecords(words: Int32Array, ring: number, records: Int32Array): void {
	const capacity = ring === 0 ? layout.CONTROL_RING_RECORDS : layout.STREAM_RING_RECORDS;
	const start = (ring === 0 ? layout.CONTROL_RING : layout.STREAM_RINGS + (ring - 1) * layout.STREAM_RING_BYTES) / 4;
	const write = words[ringWord(ring, layout.RING_WRITE)] ?? 0;
	const room = capacity - ((write - (words[ringWord(ring, layout.RING_READ)] ?? 0)) | 0);
	const count = Math.min(Math.floor(records.length / RECORD_WORDS), room);
	for (let index = 0; index < count; index++) {
		const record = records.subarray(index * RECORD_WORDS, (index + 1) * RECORD_WORDS);
		words.set(record, start + ((write + index) & (capacity - 1)) * RECORD_WORDS);
		if (((record[RECORD_TYPE / 4] ?? 0) & AT_FRAME) === 0) continue;
		const sent = ringWord(ring, layout.RING_TIMED_SENT);
		words[sent] = ((words[sent] ?? 0) + 1) | 0;
	}
	words[ringWord(ring, layout.RING_WRITE)] = (write + count) | 0;
}
