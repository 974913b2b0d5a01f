import type { Activity } from "../protocol/activity.ts";
import * as layout from "../protocol/shared-memory.ts";

/** What the audio thread says of itself, as of its newest block. */
export interface KernelStatus {
	/** Frames rendered, exact to 2^53. */
	readonly frame: number;
	readonly blockFrames: number;
	readonly activeVoices: number;
	readonly droppedVoices: number;
	readonly cutReleases: number;
	readonly chokedLaunches: number;
	readonly lateCommands: number;
	readonly invalidCommands: number;
	/** Highest absolute output sample, falling. */
	readonly peak: number;
}

/** Where the transport is. */
export interface TransportStatus {
	readonly isRunning: boolean;
	readonly tempo: number;
	/** A beat that it had at a frame, which lies before 0 where a replay began later; while it stands still, the one that it starts at. */
	readonly anchorBeat: number;
	readonly anchorFrame: number;
}

const ATTEMPTS = 1000;
const SEQUENCE = (layout.STATUS + layout.STATUS_SEQUENCE) / 4;

/**
 * Reads the status block.
 *
 * Thread: control. The kernel makes the sequence odd, writes the words and makes it even again; a reader that sees the
 * same even sequence before and after has words of one block. The kernel writes for well under a microsecond, so a few
 * attempts do; after ATTEMPTS the last words read are taken as they are, so that a reader never waits.
 */
export class StatusBlock {
	readonly #words: Int32Array;
	/** Two words, to read floats from bits that were loaded atomically. */
	readonly #bits: Uint32Array<ArrayBuffer> = new Uint32Array(2);
	readonly #floatOfBits: Float32Array = new Float32Array(this.#bits.buffer);
	readonly #doubleOfBits: Float64Array = new Float64Array(this.#bits.buffer);

	constructor(buffer: ArrayBuffer | SharedArrayBuffer) {
		this.#words = new Int32Array(buffer, 0, layout.SHARED_END / 4);
	}

	read(): KernelStatus {
		return this.#consistently(() => ({
			frame: this.#unsigned(layout.STATUS_FRAME_HIGH) * 2 ** 32 + this.#unsigned(layout.STATUS_FRAME_LOW),
			blockFrames: this.#unsigned(layout.STATUS_BLOCK_FRAMES),
			activeVoices: this.#unsigned(layout.STATUS_ACTIVE_VOICES),
			droppedVoices: this.#unsigned(layout.STATUS_DROPPED_VOICES),
			cutReleases: this.#unsigned(layout.STATUS_CUT_RELEASES),
			chokedLaunches: this.#unsigned(layout.STATUS_CHOKED_LAUNCHES),
			lateCommands: this.#unsigned(layout.STATUS_LATE_COMMANDS),
			invalidCommands: this.#unsigned(layout.STATUS_INVALID_COMMANDS),
			peak: this.#float(layout.STATUS_PEAK),
		}));
	}

	readTransport(): TransportStatus {
		return this.#consistently(() => ({
			isRunning: this.#unsigned(layout.STATUS_TRANSPORT_RUNNING) !== 0,
			tempo: this.#double(layout.STATUS_TEMPO),
			anchorBeat: this.#double(layout.STATUS_ANCHOR_BEAT),
			anchorFrame:
				(this.#unsigned(layout.STATUS_ANCHOR_FRAME_HIGH) | 0) * 2 ** 32 +
				this.#unsigned(layout.STATUS_ANCHOR_FRAME_LOW),
		}));
	}

	/** Journal entries that found the journal full, since the start. Does not allocate. */
	get journalLost(): number {
		return this.#unsigned(layout.STATUS_JOURNAL_LOST);
	}

	/**
	 * Copies the state of every pad and the master, as of one block. Does not allocate.
	 *
	 * @param into - arrays as long as the engine has pads
	 */
	readActivity(into: Activity): void {
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			const sequence = Atomics.load(this.#words, SEQUENCE);
			if ((sequence & 1) === 1) continue;
			this.#copyActivity(into);
			if (Atomics.load(this.#words, SEQUENCE) === sequence) return;
		}
	}

	#copyActivity(into: Activity): void {
		into.frame = this.#unsigned(layout.STATUS_FRAME_HIGH) * 2 ** 32 + this.#unsigned(layout.STATUS_FRAME_LOW);
		into.beat = this.#double(layout.STATUS_BEAT);
		into.tempo = this.#double(layout.STATUS_TEMPO);
		into.isTransportRunning = this.#unsigned(layout.STATUS_TRANSPORT_RUNNING) !== 0;
		into.masterPeak = this.#float(layout.STATUS_PEAK);
		into.masterRms = this.#float(layout.STATUS_RMS);
		into.gainReductionDecibels = this.#float(layout.STATUS_GAIN_REDUCTION);
		for (let pad = 0; pad < into.padState.length; pad++) {
			const entry = layout.STATUS_PADS + pad * layout.STATUS_PAD_BYTES;
			into.voices[pad] = this.#unsigned(entry + layout.PAD_VOICES);
			const state = this.#unsigned(entry + layout.PAD_STATE);
			into.padState[pad] = state & (layout.PAD_RATE_HELD - 1);
			into.isRateHeld[pad] = state < layout.PAD_RATE_HELD ? 0 : 1;
			into.queuedBeat[pad] = this.#double(entry + layout.PAD_QUEUED_BEAT);
			into.playhead[pad] = this.#double(entry + layout.PAD_PLAYHEAD);
			into.peak[pad] = this.#float(entry + layout.PAD_PEAK);
			into.rms[pad] = this.#float(entry + layout.PAD_RMS);
		}
	}

	#consistently<T>(readWords: () => T): T {
		let words = readWords();
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			const sequence = Atomics.load(this.#words, SEQUENCE);
			if ((sequence & 1) === 1) continue;
			words = readWords();
			if (Atomics.load(this.#words, SEQUENCE) === sequence) break;
		}
		return words;
	}

	#float(field: number): number {
		this.#bits[0] = this.#unsigned(field);
		return this.#floatOfBits[0] ?? 0;
	}

	#double(field: number): number {
		this.#bits[0] = this.#unsigned(field);
		this.#bits[1] = this.#unsigned(field + 4);
		return this.#doubleOfBits[0] ?? 0;
	}

	#unsigned(field: number): number {
		return Atomics.load(this.#words, (layout.STATUS + field) / 4) >>> 0;
	}
}
