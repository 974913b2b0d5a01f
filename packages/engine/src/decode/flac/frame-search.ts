import type { FrameHeader, FrameReader } from "./frame-reader.ts";

/** A frame that was decoded whole: header and body agree with their checksums. */
export interface Frame extends FrameHeader {
	readonly bits: number;
	readonly bytes: number;
}

/** What a search came to. */
export interface SearchResult {
	/** The next sound frame, its samples in the reader; null when the file has none any more. */
	readonly frame: Frame | null;
	/** Frames of audio that stood in damaged frames with sound headers and the numbers that were due. */
	readonly lostFrames: number;
	/** True when the file ends inside a frame that was due. */
	readonly isCut: boolean;
}

/** What the sought frames must agree with. */
export interface SearchTerms {
	/** Channels; null as long as they are not known. */
	readonly channels: number | null;
	/** Depth of frames that do not tell theirs; 0 when unknown. */
	readonly bits: number;
	/** True when frames bear the number of their first sample instead of their own. */
	readonly countsSamples: boolean;
}

const MIN_BITS = 4;
/** Samples that may be decoded in vain, besides as many as were decoded well: a bound on the time a hostile file takes. */
const VAIN_SAMPLES = 2 ** 26;
/** What a try costs beside its samples. */
const TRY_SAMPLES = 4096;

/** Finds the sound frames of a file one after another, passing over everything else. Thread: loader. */
export class FrameSearch {
	readonly #reader: FrameReader;
	readonly #terms: SearchTerms;
	#allowance = VAIN_SAMPLES;

	constructor(reader: FrameReader, terms: SearchTerms) {
		this.#reader = reader;
		this.#terms = terms;
	}

	/** The number that the frame after this one has. */
	numberAfter(header: FrameHeader): number {
		return header.number + (this.#terms.countsSamples ? header.blockFrames : 1);
	}

	/**
	 * Finds and decodes the next sound frame.
	 *
	 * @param offset - byte of the file to start at
	 * @param dueNumber - number of the frame that should be there, null when any may be
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
