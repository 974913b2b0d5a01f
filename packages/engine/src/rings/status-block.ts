import * as layout from "../protocol/shared-memory.ts";

/** What the audio thread says of itself, as of its newest block. */
export interface KernelStatus {
	/** Frames rendered, exact to 2^53. */
	readonly frame: number;
	readonly blockFrames: number;
	readonly activeVoices: number;
	readonly droppedVoices: number;
	readonly lateCommands: number;
	readonly invalidCommands: number;
	/** Journal entries that found the journal full, since the start. */
	readonly journalLost: number;
}

const ATTEMPTS = 1000;

/**
 * Reads the status block.
 *
 * Thread: control. The kernel makes the sequence odd, writes the words and makes it even again; a reader that sees the
 * same even sequence before and after has words of one block. The kernel writes for well under a microsecond, so a few
 * attempts do; after ATTEMPTS the last words read are taken as they are, so that a reader never waits.
 */
export class StatusBlock {
	readonly #words: Int32Array;
	/** One word, to read an f32 from bits that were loaded atomically. */
	readonly #bits: Uint32Array = new Uint32Array(1);
	readonly #float: Float32Array = new Float32Array(this.#bits.buffer);

	constructor(buffer: ArrayBuffer | SharedArrayBuffer) {
		this.#words = new Int32Array(buffer, 0, layout.SHARED_END / 4);
	}

	read(): KernelStatus {
		return this.#consistently(() => ({
			frame: this.#unsigned(layout.STATUS_FRAME_HIGH) * 2 ** 32 + this.#unsigned(layout.STATUS_FRAME_LOW),
			blockFrames: this.#unsigned(layout.STATUS_BLOCK_FRAMES),
			activeVoices: this.#unsigned(layout.STATUS_ACTIVE_VOICES),
			droppedVoices: this.#unsigned(layout.STATUS_DROPPED_VOICES),
			lateCommands: this.#unsigned(layout.STATUS_LATE_COMMANDS),
			invalidCommands: this.#unsigned(layout.STATUS_INVALID_COMMANDS),
			journalLost: this.#unsigned(layout.STATUS_JOURNAL_LOST),
		}));
	}

	/** @returns voices that sound from the slot, and the frame that the newest of them plays next. */
	readSlot(slot: number): { readonly voices: number; readonly positionFrames: number } {
		const command = layout.STATUS_SLOTS + slot * layout.STATUS_SLOT_BYTES;
		return this.#consistently(() => ({
			voices: this.#unsigned(command + layout.STATUS_SLOT_VOICES),
			positionFrames: this.#unsigned(command + layout.STATUS_SLOT_POSITION),
		}));
	}

	/** @returns the highest absolute output sample since the last call; the next one starts anew. */
	takePeak(): number {
		const epoch = Atomics.load(this.#words, (layout.HEADER + layout.HEADER_PEAK_EPOCH) / 4);
		const { peak, peakEpoch } = this.#consistently(() => ({
			peak: this.#asFloat(layout.STATUS_PEAK),
			peakEpoch: this.#unsigned(layout.STATUS_PEAK_EPOCH),
		}));
		// A peak of an older epoch has been taken already: the audio thread has rendered nothing since.
		if (peakEpoch !== epoch >>> 0) return 0;
		Atomics.store(this.#words, (layout.HEADER + layout.HEADER_PEAK_EPOCH) / 4, (epoch + 1) | 0);
		return peak;
	}

	#consistently<T>(readWords: () => T): T {
		const sequenceWord = (layout.STATUS + layout.STATUS_SEQUENCE) / 4;
		let words = readWords();
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			const sequence = Atomics.load(this.#words, sequenceWord);
			if ((sequence & 1) === 1) continue;
			words = readWords();
			if (Atomics.load(this.#words, sequenceWord) === sequence) break;
		}
		return words;
	}

	#asFloat(field: number): number {
		this.#bits[0] = this.#unsigned(field);
		return this.#float[0] ?? 0;
	}

	#unsigned(field: number): number {
		return Atomics.load(this.#words, (layout.STATUS + field) / 4) >>> 0;
	}
}
