/**
 * Snapshots: what the control thread reads of the audio thread's memory in message threading, in one buffer.
 *
 * Two counts, five words per ring, the status block, then as many journal entries and retired handles as the counts say.
 * The control thread's buffer travels to and fro, so at most one snapshot is in flight and nothing piles up behind a busy
 * control thread; what did not fit waits in the rings of the audio thread's memory.
 */
import * as layout from "../protocol/shared-memory.ts";
import { ringWord } from "./ring-place.ts";

const JOURNAL_COUNT = 0;
const RETIRED_COUNT = 1;
const RINGS = 2;
/** Write, read, sent and done timed commands, generation. */
const RING_WORDS = 5;
const STATUS_WORDS = layout.STATUS_BYTES / 4;
const STATUS = RINGS + layout.MAX_RINGS * RING_WORDS;
const LISTS = STATUS + STATUS_WORDS;
const COMMAND_WORDS = layout.COMMAND_BYTES / 4;
/** Words that the buffer of a snapshot has. */
export const SNAPSHOT_WORDS: number = LISTS + layout.MAX_HANDLES + layout.JOURNAL_ENTRIES * COMMAND_WORDS;

const PEAK = layout.STATUS_PEAK / 4;
const PEAK_EPOCH = layout.STATUS_PEAK_EPOCH / 4;
const HEADER_EPOCH = (layout.HEADER + layout.HEADER_PEAK_EPOCH) / 4;

const ringFields = [
	layout.RING_WRITE,
	layout.RING_READ,
	layout.RING_TIMED_SENT,
	layout.RING_TIMED_DONE,
	layout.RING_GENERATION,
] as const;

/** Fills snapshots from the memory that the kernel works on. Thread: audio. */
export class SnapshotWriter {
	/** How much of the retirement ring and of the journal has been sent. */
	#retired = 0;
	#journal = 0;

	/**
	 * Takes a snapshot, with all that the journal holds: a frame never arrives before the entries of earlier frames, and no handle
	 * is seen as free before the entry that names it. Each starts a new peak, so that no block's is missed.
	 *
	 * Does not allocate.
	 * @param words - the engine memory up to SHARED_END; @param into - SNAPSHOT_WORDS long
	 */
	fill(words: Int32Array, into: Int32Array): void {
		let at = RINGS;
		for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
			for (let field = 0; field < RING_WORDS; field++) into[at++] = words[ringWord(ring, ringFields[field] ?? 0)] ?? 0;
		}
		for (let word = 0; word < STATUS_WORDS; word++) into[STATUS + word] = words[layout.STATUS / 4 + word] ?? 0;
		// Without a block since the last snapshot the peak is the one that was told then.
		if (words[layout.STATUS / 4 + PEAK_EPOCH] !== words[HEADER_EPOCH]) into[STATUS + PEAK] = 0;
		words[HEADER_EPOCH] = ((words[HEADER_EPOCH] ?? 0) + 1) | 0;
		const journal = this.#fillJournal(words, into);
		into[JOURNAL_COUNT] = journal;
		into[RETIRED_COUNT] = this.#fillRetired(words, into, LISTS + journal * COMMAND_WORDS);
	}

	/** True when a snapshot would carry something that must not wait long: its ring could fill. */
	hasJournal(words: Int32Array): boolean {
		return words[layout.JOURNAL_WRITE / 4] !== this.#journal;
	}

	#fillRetired(words: Int32Array, into: Int32Array, start: number): number {
		const retired = ((words[layout.RETIREMENT_WRITE / 4] ?? 0) - this.#retired) | 0;
		for (let index = 0; index < retired; index++) {
			const place = (this.#retired + index) & (layout.MAX_HANDLES - 1);
			into[start + index] = words[layout.RETIREMENT_RING / 4 + place] ?? 0;
		}
		this.#retired = (this.#retired + retired) | 0;
		return retired;
	}

	#fillJournal(words: Int32Array, into: Int32Array): number {
		const count = ((words[layout.JOURNAL_WRITE / 4] ?? 0) - this.#journal) | 0;
		for (let index = 0; index < count; index++) {
			const place = (this.#journal + index) & (layout.JOURNAL_ENTRIES - 1);
			const command = layout.JOURNAL_RING / 4 + place * COMMAND_WORDS;
			for (let word = 0; word < COMMAND_WORDS; word++) {
				into[LISTS + index * COMMAND_WORDS + word] = words[command + word] ?? 0;
			}
		}
		this.#journal = (this.#journal + count) | 0;
		return count;
	}
}

/**
 * Brings the control thread's mirror up to a snapshot.
 *
 * The mirror's own ends stay: the control ring's write position, the read positions of the retirement ring and the journal.
 * Thread: control.
 *
 * @param words - the mirror
 */
export function applySnapshot(snapshot: Int32Array<ArrayBuffer>, words: Int32Array<ArrayBuffer>): void {
	applyRings(snapshot, words);
	applyStatus(snapshot, words);
	const journalEnd = LISTS + (snapshot[JOURNAL_COUNT] ?? 0) * COMMAND_WORDS;
	const retiredEnd = journalEnd + (snapshot[RETIRED_COUNT] ?? 0);
	append(words, snapshot.subarray(LISTS, journalEnd), COMMAND_WORDS, {
		write: layout.JOURNAL_WRITE,
		ring: layout.JOURNAL_RING,
		places: layout.JOURNAL_ENTRIES,
	});
	append(words, snapshot.subarray(journalEnd, retiredEnd), 1, {
		write: layout.RETIREMENT_WRITE,
		ring: layout.RETIREMENT_RING,
		places: layout.MAX_HANDLES,
	});
}

function applyRings(snapshot: Int32Array, words: Int32Array): void {
	for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
		const from = RINGS + ring * RING_WORDS;
		const [write = 0, read = 0, timedSent = 0, timedDone = 0, generation = 0] = snapshot.subarray(
			from,
			from + RING_WORDS,
		);
		words[ringWord(ring, layout.RING_READ)] = read;
		words[ringWord(ring, layout.RING_TIMED_DONE)] = timedDone;
		if (ring === 0) continue;
		words[ringWord(ring, layout.RING_WRITE)] = write;
		words[ringWord(ring, layout.RING_TIMED_SENT)] = timedSent;
		// A stream that closed itself; whatever else is older than what the control thread decided since.
		const owned = words[ringWord(ring, layout.RING_GENERATION)] ?? 0;
		if ((owned & 1) === 1 && generation === ((owned + 1) | 0))
			words[ringWord(ring, layout.RING_GENERATION)] = generation;
	}
}

/** Snapshots come faster than peaks are taken: the highest since the last one taken stays. */
function applyStatus(snapshot: Int32Array<ArrayBuffer>, words: Int32Array<ArrayBuffer>): void {
	const status = words.subarray(layout.STATUS / 4, layout.STATUS / 4 + STATUS_WORDS);
	const floats = new Float32Array(status.buffer, status.byteOffset, STATUS_WORDS);
	const epoch = words[HEADER_EPOCH] ?? 0;
	const before = status[PEAK_EPOCH] === epoch ? (floats[PEAK] ?? 0) : 0;
	status.set(snapshot.subarray(STATUS, STATUS + STATUS_WORDS));
	floats[PEAK] = Math.max(before, floats[PEAK] ?? 0);
	status[PEAK_EPOCH] = epoch;
}

function append(
	words: Int32Array,
	entries: Int32Array,
	entryWords: number,
	{ write, ring, places }: { write: number; ring: number; places: number },
): void {
	const position = words[write / 4] ?? 0;
	const count = entries.length / entryWords;
	for (let index = 0; index < count; index++) {
		const place = (position + index) & (places - 1);
		words.set(entries.subarray(index * entryWords, (index + 1) * entryWords), ring / 4 + place * entryWords);
	}
	words[write / 4] = (position + count) | 0;
}
