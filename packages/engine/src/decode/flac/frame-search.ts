import type { FrameHeader, FrameReader } from "./frame-reader.ts";

/** A decoded frame with valid checksums. */
export interface Frame extends FrameHeader {
	readonly bits: number;
	readonly bytes: number;
}

/** The result of a search. */
export interface SearchResult {
	/** The next valid frame, its samples in the reader; null if the file has no more. */
	readonly frame: Frame | null;
	/** Frames of audio in damaged frames that have valid headers with the expected numbers. */
	readonly lostFrames: number;
	/** True if the file ends inside an expected frame. */
	readonly isCut: boolean;
}

/** Properties that frames must match. */
export interface SearchTerms {
	/** Channels; null while unknown. */
	readonly channels: number | null;
	/** Bit depth of frames that do not declare one; 0 if unknown. */
	readonly bits: number;
	/** True if frame headers hold the number of the first sample instead of the frame number. */
	readonly countsSamples: boolean;
}

const MIN_BITS = 4;
/** Samples that may be decoded in vain, on top of as many as were valid: bounds the time for a hostile file. */
const VAIN_SAMPLES = 2 ** 26;
/** Cost of an attempt besides its samples. */
const TRY_SAMPLES = 4096;

/** Finds the valid frames of a file in order and skips everything else. Thread: loader. */
export class FrameSearch {
	readonly #reader: FrameReader;
	readonly #terms: SearchTerms;
	#allowance = VAIN_SAMPLES;

	constructor(reader: FrameReader, terms: SearchTerms) {
		this.#reader = reader;
		this.#terms = terms;
	}

	/** The number of the frame after this one. */
	numberAfter(header: FrameHeader): number {
		return header.number + (this.#terms.countsSamples ? header.blockFrames : 1);
	}

	/**
	 * Finds and decodes the next valid frame.
	 *
	 * @param offset - byte of the file to start at
	 * @param dueNumber - the expected frame number, null for any
	 */
	next(offset: number, dueNumber: number | null): SearchResult {
		let due = dueNumber;
		let lostFrames = 0;
		let isCut = false;
		let header = this.#reader.findHeader(offset);
		for (; header !== null && this.#allowance > 0; header = this.#reader.findHeader(header.offset + 1)) {
			const bits = header.bits === 0 ? this.#terms.bits : header.bits;
			const outcome = this.#fits(header, bits) ? this.#reader.decodeFrame(header, bits) : "invalid";
			const cost = header.blockFrames * header.channels + TRY_SAMPLES;
			if (typeof outcome === "number") {
				this.#allowance += cost;
				return { frame: { ...header, bits, bytes: outcome }, lostFrames, isCut };
			}
			this.#allowance -= cost;
			if (header.number !== due) continue;
			due = this.numberAfter(header);
			isCut = outcome === "cut";
			if (!isCut) lostFrames += header.blockFrames;
		}
		return { frame: null, lostFrames, isCut };
	}

	#fits(header: FrameHeader, bits: number): boolean {
		return bits >= MIN_BITS && header.channels <= 2 && header.channels === (this.#terms.channels ?? header.channels);
	}
}
