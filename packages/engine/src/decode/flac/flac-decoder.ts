import type { ByteSource } from "../../source/byte-source.ts";
import type { Damage } from "../damage.ts";
import type { DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { isOnlyTags } from "../file-tail.ts";
import { MAX_BLOCK_FRAMES, MAX_HEADER_BYTES } from "./frame-layout.ts";
import type { FrameReader } from "./frame-reader.ts";
import { type Frame, FrameSearch } from "./frame-search.ts";

/** Properties found while opening a file. */
export interface FlacStream {
	readonly format: RecordedFormat;
	readonly source: ByteSource;
	/** Offset of the first byte after the metadata. */
	readonly audioStart: number;
	/** Bit depth of frames that do not declare one, or 0. */
	readonly bits: number;
	/** Length in STREAMINFO, right or wrong; 0 if absent. */
	readonly totalFrames: number;
	/** True if frame headers hold the number of the first sample instead of the frame number. */
	readonly countsSamples: boolean;
	/** Frames of every block but the last, in streams with frame numbers. */
	readonly blockFrames: number;
}

/** Blocks are collected until a chunk has this many frames. */
const CHUNK_FRAMES = 16_384;
/** Maximum audio per damaged byte: one bit per frame, the least above digital silence. */
const MAX_FRAMES_PER_BYTE = 8;

/** Decodes the frames of one file in order, with silence where some are missing. Thread: loader. */
export class FlacDecoder implements Decoder {
	readonly #reader: FrameReader;
	readonly #stream: FlacStream;
	readonly #damage: Damage;
	/** Frames decoded so far, silence included. */
	#position = 0;
	/** Frames of them in the output that were not yielded yet. */
	#filled = 0;
	/** First byte that is not decoded yet. */
	#offset: number;
	#dueNumber: number | null = null;
	#sampleRate: number;
	#isComplete = false;

	constructor(reader: FrameReader, stream: FlacStream, damage: Damage) {
		this.#reader = reader;
		this.#stream = stream;
		this.#damage = damage;
		this.#offset = stream.audioStart;
		this.#sampleRate = stream.format.sampleRate;
	}

	get format(): RecordedFormat {
		return this.#isComplete ? { ...this.#stream.format, frames: this.#position } : this.#stream.format;
	}

	get warnings(): readonly string[] {
		return this.#damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { format, bits, countsSamples } = this.#stream;
		const { channels } = format;
		const search = new FrameSearch(this.#reader, { channels, bits, countsSamples });
		for (;;) {
			const { frame, lostFrames, isCut } = search.next(this.#offset, this.#dueNumber);
			if (frame === null || this.#isPastTotal(frame)) {
				yield* this.#silence(this.#lostAtEnd(lostFrames, isCut));
				this.#checkEnd(isCut);
				break;
			}
			yield* this.#silence(this.#gapBefore(frame));
			if (this.#filled + frame.blockFrames > MAX_BLOCK_FRAMES) yield this.#takeChunk();
			this.#reader.writeBlock(this.#filled, frame.bits, channels);
			this.#advance(frame, search.numberAfter(frame));
			if (this.#filled >= CHUNK_FRAMES) yield this.#takeChunk();
		}
		if (this.#filled > 0) yield this.#takeChunk();
		this.#isComplete = true;
	}

	/** Nothing to free: the memory is collected with the decoder. */
	close(): void {}

	#takeChunk(): DecodedChunk {
		const samples = this.#reader.output.subarray(0, this.#filled * this.#stream.format.channels);
		this.#filled = 0;
		return { samples, fraction: this.#offset / this.#stream.source.byteLength };
	}

	#advance(frame: Frame, dueNumber: number): void {
		this.#filled += frame.blockFrames;
		this.#position += frame.blockFrames;
		this.#offset = frame.offset + frame.bytes;
		this.#dueNumber = dueNumber;
	}

	*#silence(frames: number): Generator<DecodedChunk, void, undefined> {
		const { channels } = this.#stream.format;
		for (let left = frames; left > 0; ) {
			const count = Math.min(left, MAX_BLOCK_FRAMES - this.#filled);
			this.#reader.output.fill(0, this.#filled * channels, (this.#filled + count) * channels);
			this.#filled += count;
			this.#position += count;
			left -= count;
			if (this.#filled >= CHUNK_FRAMES) yield this.#takeChunk();
		}
	}

	/** Missing frames before a frame. */
	#gapBefore(frame: Frame): number {
		const { format, countsSamples, blockFrames } = this.#stream;
		const { sampleRate } = format;
		const skippedBytes = frame.offset - this.#offset;
		const where = this.#damage.at(this.#position, sampleRate);
		if (frame.sampleRate !== 0 && frame.sampleRate !== this.#sampleRate) {
			this.#sampleRate = frame.sampleRate;
			this.#report(
				`The FLAC sample rate changes to ${frame.sampleRate} Hz ${where}. The file was played at ${sampleRate} Hz.`,
			);
		}
		// A recording cut from a longer one starts with its first frame, whatever its number.
		const dueNumber = this.#dueNumber ?? (skippedBytes > 0 ? 0 : frame.number);
		const missing = (frame.number - dueNumber) * (countsSamples ? 1 : blockFrames);
		const isGap = missing > 0 && missing <= this.#longestGap(frame);
		if (isGap) {
			this.#report(`A ${skippedBytes > 0 ? "damaged" : "missing"} FLAC frame ${where} was replaced by silence.`);
			return missing;
		}
		if (skippedBytes > 0) this.#report(`${skippedBytes} bytes ${where} are no FLAC frame and were skipped.`);
		else if (missing !== 0) this.#report(`The FLAC frame numbers jump ${where}. The audio was played without a gap.`);
		return 0;
	}

	/** A gap longer than the recording is a wrong number, not damage. */
	#longestGap(frame: Frame): number {
		const { totalFrames, format } = this.#stream;
		const left = totalFrames > 0 ? totalFrames - this.#position - frame.blockFrames : format.frames;
		return Math.min(left, format.frames);
	}

	/** Some files extend past the end in STREAMINFO; audio after a gap there is unrelated. */
	#isPastTotal(frame: Frame): boolean {
		const { totalFrames } = this.#stream;
		if (totalFrames === 0 || this.#position < totalFrames) return false;
		return frame.offset !== this.#offset || frame.number !== this.#dueNumber;
	}

	/** Frames of silence for the damaged end of a file that is not truncated. */
	#lostAtEnd(lostFrames: number, isCut: boolean): number {
		const { totalFrames, format } = this.#stream;
		const leftFrames = totalFrames === 0 ? lostFrames : Math.max(0, totalFrames - this.#position);
		const leftBytes = this.#reader.fileBytes - this.#offset;
		const isWhole = !isCut && leftBytes > MAX_HEADER_BYTES && leftFrames <= leftBytes * MAX_FRAMES_PER_BYTE;
		const frames = isWhole ? leftFrames : Math.min(lostFrames, leftFrames);
		if (frames > 0) {
			this.#report(
				`A damaged FLAC frame ${this.#damage.at(this.#position, format.sampleRate)} was replaced by silence.`,
			);
		}
		return frames;
	}

	#checkEnd(isCut: boolean): void {
		const { totalFrames, source, format } = this.#stream;
		const where = this.#damage.at(this.#position, format.sampleRate);
		if (this.#position < totalFrames) {
			this.#report(`The FLAC file ends ${where} instead of ${this.#damage.at(totalFrames, format.sampleRate)}.`);
		} else if (totalFrames > 0 && this.#position > totalFrames) {
			this.#report(
				`The FLAC file continues ${this.#damage.at(totalFrames, format.sampleRate)}, where it should end according to STREAMINFO.`,
			);
		} else if (isCut) {
			this.#report(`The FLAC file ends inside a frame ${where}.`);
		} else if (totalFrames === 0 && !isOnlyTags(source, this.#offset)) {
			this.#report(`${source.byteLength - this.#offset} bytes ${where} are no FLAC frame and were skipped.`);
		}
	}

	#report(warning: string): void {
		this.#damage.report(this.#offset, warning);
	}
}
