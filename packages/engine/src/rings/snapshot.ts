/**
 * Snapshots: what the control thread reads of the audio thread's memory in message threading, in one buffer.
 *
 * Three counts, five words per ring, the status block, then as many journal entries, events and retired handles as the counts say.
 * The control thread's buffer travels to and fro, so at most one snapshot is in flight and nothing piles up behind a busy
 * control thread; what did not fit waits in the rings of the audio thread's memory.
 */
import * as layout from "../protocol/shared-memory.ts";
import { ringWord } from "./ring-place.ts";

const JOURNAL_COUNT = 0;
const RETIRED_COUNT = 1;
const EVENT_COUNT = 2;
const RINGS = 3;
/** Write, read, sent and done timed commands, generation. */
const RING_WORDS = 5;
const STATUS_WORDS = layout.STATUS_BYTES / 4;
const STATUS = RINGS + layout.MAX_RINGS * RING_WORDS;
const LISTS = STATUS + STATUS_WORDS;
const COMMAND_WORDS = layout.COMMAND_BYTES / 4;
const EVENT_WORDS = layout.EVENT_BYTES / 4;
/** Words that the buffer of a snapshot has. */
export const SNAPSHOT_WORDS: number =
	LISTS + layout.MAX_HANDLES + layout.JOURNAL_ENTRIES * COMMAND_WORDS + layout.EVENTS * EVENT_WORDS;

/** A ring that the kernel writes. */
interface KernelRing {
	/** Addresses of its write position and of its first entry. */
	readonly write: number;
	readonly ring: number;
	/** Entries that it holds, a power of two. */
	readonly entries: number;
	readonly entryWords: number;
}

const journalRing: KernelRing = {
	write: layout.JOURNAL_WRITE,
	ring: layout.JOURNAL_RING,
	entries: layout.JOURNAL_ENTRIES,
	entryWords: COMMAND_WORDS,
};
const eventRing: KernelRing = {
	write: layout.EVENT_WRITE,
	ring: layout.EVENT_RING,
	entries: layout.EVENTS,
	entryWords: EVENT_WORDS,
};
const retirementRing: KernelRing = {
	write: layout.RETIREMENT_WRITE,
	ring: layout.RETIREMENT_RING,
	entries: layout.MAX_HANDLES,
	entryWords: 1,
};

const ringFields = [
	layout.RING_WRITE,
	layout.RING_READ,
	layout.RING_TIMED_SENT,
	layout.RING_TIMED_DONE,
	layout.RING_GENERATION,
] as const;

/** Fills snapshots from the memory that the kernel works on. Thread: audio. */
export class SnapshotWriter {
	/** How much of each ring has been sent. */
	#retired = 0;
	#journal = 0;
	#events = 0;
	/** The status block of the memory that the last snapshot was taken of: it is copied whole, by a view that is made once. */
	#words: Int32Array = new Int32Array();
	#status: Int32Array = this.#words;

	/**
	 * Takes a snapshot, with all that the journal holds: a frame never arrives before the entries of earlier frames, and no handle
	 * is seen as free before the entry that names it.
	 *
	 * Does not allocate unless the memory is another.
	 * @param words - the engine memory up to SHARED_END; @param into - SNAPSHOT_WORDS long
	 */
	fill(words: Int32Array, into: Int32Array): void {
		let at = RINGS;
		for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
			for (let field = 0; field < RING_WORDS; field++) into[at++] = words[ringWord(ring, ringFields[field] ?? 0)] ?? 0;
		}
		if (words !== this.#words) {
			this.#words = words;
			this.#status = words.subarray(layout.STATUS / 4, layout.STATUS / 4 + STATUS_WORDS);
		}
		into.set(this.#status, STATUS);
		const journalEnd = copyNew(words, into, journalRing, this.#journal, LISTS);
		const eventEnd = copyNew(words, into, eventRing, this.#events, journalEnd);
		copyNew(words, into, retirementRing, this.#retired, eventEnd);
		into[JOURNAL_COUNT] = newIn(words, journalRing, this.#journal);
		into[EVENT_COUNT] = newIn(words, eventRing, this.#events);
		into[RETIRED_COUNT] = newIn(words, retirementRing, this.#retired);
		this.#journal = words[journalRing.write / 4] ?? 0;
		this.#events = words[eventRing.write / 4] ?? 0;
		this.#retired = words[retirementRing.write / 4] ?? 0;
	}

	/** True when a snapshot would carry something that must not wait long: its ring could fill. */
	hasJournal(words: Int32Array): boolean {
		return words[layout.JOURNAL_WRITE / 4] !== this.#journal;
	}
}

/** @returns how many entries the ring has from a position on. */
function newIn(words: Int32Array, { write }: KernelRing, from: number): number {
	return ((words[write / 4] ?? 0) - from) | 0;
}

/** Copies a ring's entries from a position on. @returns the word behind them. */
function copyNew(words: Int32Array, into: Int32Array, ring: KernelRing, from: number, at: number): number {
	const count = newIn(words, ring, from);
	for (let index = 0; index < count; index++) {
		const entry = ring.ring / 4 + ((from + index) & (ring.entries - 1)) * ring.entryWords;
		for (let word = 0; word < ring.entryWords; word++)
			into[at + index * ring.entryWords + word] = words[entry + word] ?? 0;
	}
	return at + count * ring.entryWords;
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
	words.set(snapshot.subarray(STATUS, STATUS + STATUS_WORDS), layout.STATUS / 4);
	let start = LISTS;
	for (const [ring, count] of [
		[journalRing, snapshot[JOURNAL_COUNT] ?? 0],
		[eventRing, snapshot[EVENT_COUNT] ?? 0],
		[retirementRing, snapshot[RETIRED_COUNT] ?? 0],
	] as const) {
		const end = start + count * ring.entryWords;
		append(words, snapshot.subarray(start, end), ring);
		start = end;
	}
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

function append(words: Int32Array, added: Int32Array, { write, ring, entries, entryWords }: KernelRing): void {
	const position = words[write / 4] ?? 0;
	const count = added.length / entryWords;
	for (let index = 0; index < count; index++) {
		const place = (position + index) & (entries - 1);
		words.set(added.subarray(index * entryWords, (index + 1) * entryWords), ring / 4 + place * entryWords);
	}
	words[write / 4] = (position + count) | 0;
}
