import * as command from "../protocol/commands.ts";
import type { LoopSeam } from "../protocol/loop-seam.ts";
import * as layout from "../protocol/shared-memory.ts";
import { ringPlace, ringWord } from "./ring-place.ts";

/** In place of a frame: at the start of the next block. */
export const IMMEDIATELY = -1;

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
 * Every method returns false, with nothing changed, when the ring is full, or when the command has a frame and as many timed
 * commands wait as the ring holds. Does not allocate.
 */
export class ControlRing {
	readonly #words: Int32Array;
	readonly #doubles: Float64Array;
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
		this.#doubles = new Float64Array(buffer, 0, layout.PRODUCER_END / 8);
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

	/** False when the next command would be refused. Makes room first where that is possible. */
	hasRoom(): boolean {
		if (!this.isFull) return true;
		this.#makeRoom();
		return !this.isFull;
	}

	/** True when no command fits. */
	get isFull(): boolean {
		const write = this.#words[this.#writePosition] ?? 0;
		return ((write - Atomics.load(this.#words, this.#readPosition)) | 0) >= this.#capacity;
	}

	/** How many more timed commands may wait. */
	get timedRoom(): number {
		const sent = this.#words[this.#timedSent] ?? 0;
		return this.#capacity - ((sent - Atomics.load(this.#words, this.#timedDone)) | 0);
	}

	/** @param sample - without a seam its frames are the loop themselves */
	loadSample(
		slot: number,
		sample: { handle: number; address: number; frames: number; channels: number; seam?: LoopSeam | null },
	): boolean {
		const at = this.#begin(command.LOAD_SAMPLE, slot);
		if (at === -1) return false;
		this.#words[at + command.LOAD_HANDLE / 4] = sample.handle;
		this.#words[at + command.LOAD_ADDRESS / 4] = sample.address;
		this.#words[at + command.LOAD_FRAMES / 4] = sample.frames;
		this.#words[at + command.LOAD_CHANNELS / 4] = sample.channels;
		this.#words[at + command.LOAD_EDGE_FRAMES / 4] = sample.seam?.edgeFrames ?? 0;
		this.#doubles[at / 2 + command.LOAD_LOOP_FRAMES / 8] = sample.seam?.loopFrames ?? sample.frames;
		return this.#publish();
	}

	/** @param velocity - 0..1; @param flags - PLAY_LOOPING or 0; @param atFrame - 0..2^53 - 1, or IMMEDIATELY */
	playSample(slot: number, velocity: number, flags: number, atFrame: number = IMMEDIATELY): boolean {
		const at = this.#beginAt(atFrame, command.PLAY_SAMPLE, slot);
		if (at === -1) return false;
		this.#doubles[at / 2 + command.PLAY_VELOCITY / 8] = velocity;
		this.#words[at + command.PLAY_FLAGS / 4] = flags;
		return this.#publishAt(atFrame);
	}

	/** @param atFrame - 0..2^53 - 1, or IMMEDIATELY */
	stopSample(slot: number, atFrame: number = IMMEDIATELY): boolean {
		return this.#beginAt(atFrame, command.STOP_SAMPLE, slot) !== -1 && this.#publishAt(atFrame);
	}

	stopAll(): boolean {
		return this.#begin(command.STOP_ALL, 0) !== -1 && this.#publish();
	}

	unloadSample(slot: number): boolean {
		return this.#begin(command.UNLOAD_SAMPLE, slot) !== -1 && this.#publish();
	}

	/** @param decibels - -Infinity and everything below -200 is silence */
	setMasterGain(decibels: number): boolean {
		const at = this.#begin(command.SET_MASTER_GAIN, 0);
		if (at === -1) return false;
		this.#doubles[at / 2 + command.GAIN_DECIBELS / 8] = decibels;
		return this.#publish();
	}

	/** Sends a command as it stands. @param words - COMMAND_BYTES / 4 */
	send(words: Int32Array): boolean {
		const type = words[command.COMMAND_TYPE / 4] ?? 0;
		const isTimed = (type & command.AT_FRAME) !== 0;
		if (isTimed && !this.#hasTimedRoom()) return false;
		const at = this.#begin(type, words[command.COMMAND_SLOT / 4] ?? 0);
		if (at === -1) return false;
		this.#words.set(words, at);
		return isTimed ? this.#publishTimed() : this.#publish();
	}

	/** @returns as `#begin`; -1, too, when no more commands may wait for a frame. */
	#beginAt(atFrame: number, type: number, slot: number): number {
		if (atFrame === IMMEDIATELY) return this.#begin(type, slot);
		if (!this.#hasTimedRoom()) return -1;
		const at = this.#begin(type | command.AT_FRAME, slot);
		if (at === -1) return -1;
		this.#words[at + command.COMMAND_FRAME_LOW / 4] = atFrame | 0;
		// Avoid the division: unoptimized code boxes the double.
		this.#words[at + command.COMMAND_FRAME_HIGH / 4] = atFrame < 2 ** 32 ? 0 : Math.floor(atFrame / 2 ** 32);
		return at;
	}

	/** Commands whose frame has come may still wait in the ring, so there can be room to make here, too. */
	#hasTimedRoom(): boolean {
		if (this.timedRoom > 0) return true;
		this.#makeRoom();
		return this.timedRoom > 0;
	}

	/** @returns the word index of the next command, -1 when the ring is full. */
	#begin(type: number, slot: number): number {
		if (!this.hasRoom()) return -1;
		const write = this.#words[this.#writePosition] ?? 0;
		const at = this.#commands + (write & (this.#capacity - 1)) * (layout.COMMAND_BYTES / 4);
		this.#words[at + command.COMMAND_TYPE / 4] = type;
		this.#words[at + command.COMMAND_SLOT / 4] = slot;
		return at;
	}

	#publishAt(atFrame: number): true {
		return atFrame === IMMEDIATELY ? this.#publish() : this.#publishTimed();
	}

	#publishTimed(): true {
		Atomics.store(this.#words, this.#timedSent, ((this.#words[this.#timedSent] ?? 0) + 1) | 0);
		return this.#publish();
	}

	#publish(): true {
		Atomics.store(this.#words, this.#writePosition, ((this.#words[this.#writePosition] ?? 0) + 1) | 0);
		this.#published();
		return true;
	}
}
