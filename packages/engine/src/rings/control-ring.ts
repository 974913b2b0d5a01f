import * as command from "../protocol/commands.ts";
import * as layout from "../protocol/shared-memory.ts";
import { TIMED } from "./moment.ts";
import { ringPlace, ringWord } from "./ring-place.ts";

const COMMAND_WORDS = layout.COMMAND_BYTES / 4;

/** What a ring's owner brings along. */
export interface RingOwner {
	/** Called after each command written. */
	readonly published?: () => void;
	/** Called when a command finds no room: an owner whose own thread runs the kernel lets it apply what waits. */
	readonly makeRoom?: () => void;
}

/**
 * Writes commands for the audio thread.
 *
 * Single producer, single consumer: only the owner of the ring writes commands and the write position, only the kernel
 * writes the read position. A command's words are plain stores; the atomic store of the write position publishes them,
 * because the kernel loads that position atomically before it reads them. Positions count commands since the start
 * and wrap at 2^32; their difference is right across the wrap because the capacity is a power of two.
 *
 * Does not allocate.
 */
export class ControlRing {
	readonly #words: Int32Array;
	readonly #writePosition: number;
	readonly #readPosition: number;
	readonly #timedSent: number;
	readonly #timedDone: number;
	readonly #commands: number;
	readonly #capacity: number;
	readonly #published: () => void;
	readonly #makeRoom: () => void;

	/** @param buffer - the engine memory; @param ring - 0 = the control thread's, 1 + n = stream n's */
	constructor(buffer: ArrayBuffer | SharedArrayBuffer, ring: number, owner: RingOwner = {}) {
		this.#published = owner.published ?? (() => {});
		this.#makeRoom = owner.makeRoom ?? (() => {});
		this.#words = new Int32Array(buffer, 0, layout.PRODUCER_END / 4);
		this.#writePosition = ringWord(ring, layout.RING_WRITE);
		this.#readPosition = ringWord(ring, layout.RING_READ);
		this.#timedSent = ringWord(ring, layout.RING_TIMED_SENT);
		this.#timedDone = ringWord(ring, layout.RING_TIMED_DONE);
		const { commands, capacity } = ringPlace(ring);
		this.#commands = commands / 4;
		this.#capacity = capacity;
	}

	/** True when the kernel has read every command. */
	get isDrained(): boolean {
		return Atomics.load(this.#words, this.#writePosition) === Atomics.load(this.#words, this.#readPosition);
	}

	/** Whether so many commands fit. Makes room first where that is possible. */
	hasRoomFor(count: number): boolean {
		if (this.room >= count) return true;
		this.#makeRoom();
		return this.room >= count;
	}

	/** How many commands fit. */
	get room(): number {
		const write = this.#words[this.#writePosition] ?? 0;
		return this.#capacity - ((write - Atomics.load(this.#words, this.#readPosition)) | 0);
	}

	/** How many more timed commands may wait. */
	get timedRoom(): number {
		const sent = this.#words[this.#timedSent] ?? 0;
		return this.#capacity - ((sent - Atomics.load(this.#words, this.#timedDone)) | 0);
	}

	/**
	 * Writes a command.
	 *
	 * @param words - COMMAND_BYTES / 4
	 * @returns false, with nothing changed, when the ring is full, or when the command has a frame or a quantum and as many timed commands wait
	 * as the ring holds.
	 */
	send(words: Int32Array): boolean {
		const isTimed = ((words[command.COMMAND_TYPE / 4] ?? 0) & TIMED) !== 0;
		if (isTimed && !this.hasTimedRoomFor(1)) return false;
		if (!this.hasRoomFor(1)) return false;
		const write = this.#words[this.#writePosition] ?? 0;
		const start = this.#commands + (write & (this.#capacity - 1)) * COMMAND_WORDS;
		for (let word = 0; word < COMMAND_WORDS; word++) this.#words[start + word] = words[word] ?? 0;
		if (isTimed) Atomics.store(this.#words, this.#timedSent, ((this.#words[this.#timedSent] ?? 0) + 1) | 0);
		Atomics.store(this.#words, this.#writePosition, (write + 1) | 0); // publishes the words above
		this.#published();
		return true;
	}

	/** Whether so many more timed commands may wait. Commands whose frame has come may still wait in the ring, so there can be room to make. */
	hasTimedRoomFor(count: number): boolean {
		if (this.timedRoom >= count) return true;
		this.#makeRoom();
		return this.timedRoom >= count;
	}
}
