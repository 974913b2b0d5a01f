import * as message from "../protocol/control-messages.ts";
import * as layout from "../protocol/layout.ts";

/**
 * Writes control messages to the audio thread.
 *
 * Single producer, single consumer: only the owner of the ring writes records and the write position, only the kernel
 * writes the read position. A record's words are plain stores; the atomic store of the write position publishes them,
 * because the kernel loads that position atomically before it reads them. Positions count records since the start
 * and wrap at 2^32; their difference is right across the wrap because the capacity is a power of two.
 *
 * Every method returns false when the ring is full, and then nothing has changed. Does not allocate.
 */
export class ControlRing {
	readonly #words: Int32Array;
	readonly #floats: Float32Array;
	readonly #writePosition: number;
	readonly #readPosition: number;
	readonly #records: number;
	readonly #capacity: number;

	/** @param buffer - the engine memory; @param ring - 0 = the control thread's, 1 + n = stream n's */
	constructor(buffer: SharedArrayBuffer, ring: number) {
		this.#words = new Int32Array(buffer, 0, layout.PCM_HEAP / 4);
		this.#floats = new Float32Array(buffer, 0, layout.PCM_HEAP / 4);
		const positions = layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES;
		this.#writePosition = (positions + layout.RING_WRITE) / 4;
		this.#readPosition = (positions + layout.RING_READ) / 4;
		const records = ring === 0 ? layout.CONTROL_RING : layout.STREAM_RINGS + (ring - 1) * layout.STREAM_RING_BYTES;
		this.#records = records / 4;
		this.#capacity = ring === 0 ? layout.CONTROL_RING_RECORDS : layout.STREAM_RING_RECORDS;
	}

	/** True when the kernel has read every record. */
	get isDrained(): boolean {
		return Atomics.load(this.#words, this.#writePosition) === Atomics.load(this.#words, this.#readPosition);
	}

	/** True when the next record would be refused. */
	get isFull(): boolean {
		const write = this.#words[this.#writePosition] ?? 0;
		return ((write - Atomics.load(this.#words, this.#readPosition)) | 0) >= this.#capacity;
	}

	loadSample(slot: number, sample: { handle: number; address: number; frames: number; channels: number }): boolean {
		const record = this.#begin(message.LOAD_SAMPLE, slot);
		if (record === -1) return false;
		this.#words[record + message.LOAD_HANDLE / 4] = sample.handle;
		this.#words[record + message.LOAD_ADDRESS / 4] = sample.address;
		this.#words[record + message.LOAD_FRAMES / 4] = sample.frames;
		this.#words[record + message.LOAD_CHANNELS / 4] = sample.channels;
		return this.#publish();
	}

	/** @param velocity - 0..1; @param flags - PLAY_LOOPING or 0 */
	playSample(slot: number, velocity: number, flags: number): boolean {
		const record = this.#begin(message.PLAY_SAMPLE, slot);
		if (record === -1) return false;
		this.#floats[record + message.PLAY_VELOCITY / 4] = velocity;
		this.#words[record + message.PLAY_FLAGS / 4] = flags;
		return this.#publish();
	}

	stopSample(slot: number): boolean {
		return this.#begin(message.STOP_SAMPLE, slot) !== -1 && this.#publish();
	}

	stopAll(): boolean {
		return this.#begin(message.STOP_ALL, 0) !== -1 && this.#publish();
	}

	unloadSample(slot: number): boolean {
		return this.#begin(message.UNLOAD_SAMPLE, slot) !== -1 && this.#publish();
	}

	/** @param decibels - -Infinity and everything below -200 is silence */
	setMasterGain(decibels: number): boolean {
		const record = this.#begin(message.SET_MASTER_GAIN, 0);
		if (record === -1) return false;
		this.#floats[record + message.GAIN_DECIBELS / 4] = decibels;
		return this.#publish();
	}

	/** Sends a record as it stands. @param words - RECORD_BYTES / 4 */
	send(words: Int32Array): boolean {
		const record = this.#begin(words[message.RECORD_TYPE / 4] ?? 0, words[message.RECORD_SLOT / 4] ?? 0);
		if (record === -1) return false;
		this.#words.set(words, record);
		return this.#publish();
	}

	/** @returns the word index of the next record, -1 when the ring is full. */
	#begin(type: number, slot: number): number {
		if (this.isFull) return -1;
		const write = this.#words[this.#writePosition] ?? 0;
		const record = this.#records + (write & (this.#capacity - 1)) * (layout.RECORD_BYTES / 4);
		this.#words[record + message.RECORD_TYPE / 4] = type;
		this.#words[record + message.RECORD_SLOT / 4] = slot;
		return record;
	}

	#publish(): true {
		Atomics.store(this.#words, this.#writePosition, ((this.#words[this.#writePosition] ?? 0) + 1) | 0);
		return true;
	}
}
