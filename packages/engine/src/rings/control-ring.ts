import * as message from "../protocol/commands.ts";
import * as layout from "../protocol/layout.ts";
import type { LoopSeam } from "../protocol/loop-seam.ts";

/** In place of a frame: at the start of the next block. */
export const IMMEDIATELY = -1;

/** What a ring's owner brings along. */
export interface RingOwner {
	/** Hears of each command written. */
	readonly published?: () => void;
	/** Called when a command finds no room: an owner whose own thread runs the kernel lets it apply what waits. */
	readonly makeRoom?: () => void;
}

/**
 * Writes control messages to the audio thread.
 *
 * Single producer, single consumer: only the owner of the ring writes commands and the write position, only the kernel
 * writes the read position. A command's words are plain stores; the atomic store of the write position publishes them,
 * because the kernel loads that position atomically before it reads them. Positions count commands since the start
 * and wrap at 2^32; their difference is right across the wrap because the capacity is a power of two.
 *
 * Every method returns false when the ring is full, or when the command has a frame of its own and as many of those wait as the
 * ring holds; then nothing has changed. Does not allocate.
 */
export class ControlRing {
	readonly #words: Int32Array;
	readonly #floats: Float32Array;
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
		this.#words = new Int32Array(buffer, 0, layout.PCM_HEAP / 4);
		this.#floats = new Float32Array(buffer, 0, layout.PCM_HEAP / 4);
		this.#doubles = new Float64Array(buffer, 0, layout.PCM_HEAP / 8);
		const positions = layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES;
		this.#writePosition = (positions + layout.RING_WRITE) / 4;
		this.#readPosition = (positions + layout.RING_READ) / 4;
		this.#timedSent = (positions + layout.RING_TIMED_SENT) / 4;
		this.#timedDone = (positions + layout.RING_TIMED_DONE) / 4;
		const commands = ring === 0 ? layout.CONTROL_RING : layout.PRODUCER_RINGS + (ring - 1) * layout.PRODUCER_RING_BYTES;
		this.#commands = commands / 4;
		this.#capacity = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
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

	/** True when as many commands wait as the ring holds. */
	get isFull(): boolean {
		const write = this.#words[this.#writePosition] ?? 0;
		return ((write - Atomics.load(this.#words, this.#readPosition)) | 0) >= this.#capacity;
	}

	/** How many more commands with a frame of their own may wait for it. */
	get timedRoom(): number {
		const sent = this.#words[this.#timedSent] ?? 0;
		return this.#capacity - ((sent - Atomics.load(this.#words, this.#timedDone)) | 0);
	}

	/** @param sample - without a seam its frames are the loop themselves */
	loadSample(
		slot: number,
		sample: { handle: number; address: number; frames: number; channels: number; seam?: LoopSeam | null },
	): boolean {
		const command = this.#begin(message.LOAD_SAMPLE, slot);
		if (command === -1) return false;
		this.#words[command + message.LOAD_HANDLE / 4] = sample.handle;
		this.#words[command + message.LOAD_ADDRESS / 4] = sample.address;
		this.#words[command + message.LOAD_FRAMES / 4] = sample.frames;
		this.#words[command + message.LOAD_CHANNELS / 4] = sample.channels;
		this.#words[command + message.LOAD_EDGE_FRAMES / 4] = sample.seam?.edgeFrames ?? 0;
		this.#doubles[command / 2 + message.LOAD_LOOP_FRAMES / 8] = sample.seam?.loopFrames ?? sample.frames;
		return this.#publish();
	}

	/** @param velocity - 0..1; @param flags - PLAY_LOOPING or 0; @param atFrame - 0..2^53 - 1, or IMMEDIATELY */
	playSample(slot: number, velocity: number, flags: number, atFrame: number = IMMEDIATELY): boolean {
		const command = this.#beginAt(atFrame, message.PLAY_SAMPLE, slot);
		if (command === -1) return false;
		this.#floats[command + message.PLAY_VELOCITY / 4] = velocity;
		this.#words[command + message.PLAY_FLAGS / 4] = flags;
		return this.#publishAt(atFrame);
	}

	/** @param atFrame - 0..2^53 - 1, or IMMEDIATELY */
	stopSample(slot: number, atFrame: number = IMMEDIATELY): boolean {
		return this.#beginAt(atFrame, message.STOP_SAMPLE, slot) !== -1 && this.#publishAt(atFrame);
	}

	stopAll(): boolean {
		return this.#begin(message.STOP_ALL, 0) !== -1 && this.#publish();
	}

	unloadSample(slot: number): boolean {
		return this.#begin(message.UNLOAD_SAMPLE, slot) !== -1 && this.#publish();
	}

	/** @param decibels - -Infinity and everything below -200 is silence */
	setMasterGain(decibels: number): boolean {
		const command = this.#begin(message.SET_MASTER_GAIN, 0);
		if (command === -1) return false;
		this.#floats[command + message.GAIN_DECIBELS / 4] = decibels;
		return this.#publish();
	}

	/** Sends a command as it stands. @param words - COMMAND_BYTES / 4 */
	send(words: Int32Array): boolean {
		const type = words[message.COMMAND_TYPE / 4] ?? 0;
		const isTimed = (type & message.AT_FRAME) !== 0;
		if (isTimed && !this.#hasTimedRoom()) return false;
		const command = this.#begin(type, words[message.COMMAND_SLOT / 4] ?? 0);
		if (command === -1) return false;
		this.#words.set(words, command);
		return isTimed ? this.#publishTimed() : this.#publish();
	}

	/** @returns as `#begin`; -1, too, when no more commands may wait for a frame. */
	#beginAt(atFrame: number, type: number, slot: number): number {
		if (atFrame === IMMEDIATELY) return this.#begin(type, slot);
		if (!this.#hasTimedRoom()) return -1;
		const command = this.#begin(type | message.AT_FRAME, slot);
		if (command === -1) return -1;
		this.#words[command + message.COMMAND_FRAME_LOW / 4] = atFrame | 0;
		// A quotient would be an object of its own until the code is compiled.
		this.#words[command + message.COMMAND_FRAME_HIGH / 4] = atFrame < 2 ** 32 ? 0 : Math.floor(atFrame / 2 ** 32);
		return command;
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
		const command = this.#commands + (write & (this.#capacity - 1)) * (layout.COMMAND_BYTES / 4);
		this.#words[command + message.COMMAND_TYPE / 4] = type;
		this.#words[command + message.COMMAND_SLOT / 4] = slot;
		return command;
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
