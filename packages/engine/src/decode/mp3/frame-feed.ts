import type { ByteSource } from "../../source/byte-source.ts";
import { atSecond, type Damage } from "../damage.ts";
import { type FrameHeader, HEADER_BYTES } from "./frame-header.ts";
import type { Frame } from "./frame-walk.ts";
import { FreeFormatPacker } from "./free-format-packer.ts";
import type { Mp3Recording } from "./recording.ts";
import { readSideInfo, type SideInfo, sideInfoEnd } from "./side-info.ts";

/** Frames per batch: the longest take 46,112 bytes and decode to 36,864 frames in a few milliseconds. */
const BATCH_FRAMES = 32;
const LONGEST_FRAME_BYTES = 1_441;
/** Farthest reference to the main data of earlier frames. */
const RESERVOIR_BYTES = 511;
const NO_CHECKSUM = 1;

/** A frame with its side info. */
export interface JudgedFrame extends Frame {
	readonly side: SideInfo;
	/** The frame, or bytes before it, are damaged. */
	readonly isDamaged: boolean;
}

/**
 * Collects frames into batches for the decoder. An undecodable frame stays in the stream: without side info it decodes
 * to the fading tail of the preceding audio.
 */
export class FrameFeed {
	readonly #source: ByteSource;
	readonly #recording: Mp3Recording;
	readonly #damage: Damage;
	readonly #buffer = new Uint8Array(BATCH_FRAMES * LONGEST_FRAME_BYTES);
	/** For free-format streams. */
	#packer: FreeFormatPacker | null = null;
	#length = 0;
	#mpegFrameCount = 0;
	/** Main data of earlier frames that later ones may refer to. */
	#reservoirBytes = 0;
	/** Frames of audio in the batch, and in total. */
	#batchFrames = 0;
	#position = 0;
	#soundCount = 0;

	constructor(source: ByteSource, recording: Mp3Recording, damage: Damage) {
		this.#source = source;
		this.#recording = recording;
		this.#damage = damage;
	}

	get isFull(): boolean {
		return this.#mpegFrameCount === BATCH_FRAMES;
	}

	/** Frames passed to the decoder unchanged. */
	get soundCount(): number {
		return this.#soundCount;
	}

	/** Checks the next frame. */
	judge(frame: Frame): JudgedFrame {
		const side = readSideInfo(this.#source.read(frame.offset, frame.bytes), frame.header);
		const isWhole = side.isValid && frame.bytes >= frame.header.frameBytes;
		return { ...frame, side, isDamaged: !isWhole || frame.skippedBytes > 0 };
	}

	/** Adds a checked frame to the batch, which must not be full. */
	add(frame: JudgedFrame): void {
		const { header, offset, side, skippedBytes } = frame;
		const bytes = this.#source.read(offset, frame.bytes);
		if (skippedBytes > 0) {
			this.#reservoirBytes = 0;
			this.#report(offset - skippedBytes, `${skippedBytes} bytes that are no MP3 audio were skipped`);
		}
		const isDecodable = this.#takeMainData(frame);
		if (isDecodable) this.#soundCount++;
		if (header.freeBytes > 0) {
			this.#packer ??= new FreeFormatPacker(header);
			const done = this.#packer.pack(bytes, header, isDecodable ? side : null);
			if (done !== null) this.#append(done, header);
		} else {
			const target = this.#append(bytes, header);
			// The main data stays in place: later frames refer to it.
			if (!isDecodable) silence(target, header);
		}
		this.#position += header.frames;
	}

	/** Adds the frame held back until its successor is known; the batch must not be full. */
	finish(): void {
		const last = this.#packer?.finish() ?? null;
		if (last !== null) this.#append(last, this.#packer!.header);
	}

	/** The batch as decoder input, valid until the next frame is added, and the frames it decodes to. */
	take(): { readonly batch: Uint8Array; readonly frames: number } {
		const taken = { batch: this.#buffer.subarray(0, this.#length), frames: this.#batchFrames };
		this.#length = 0;
		this.#mpegFrameCount = 0;
		this.#batchFrames = 0;
		return taken;
	}

	/** Appends a frame to the batch, zero-padded to its full length. @returns the frame in the batch. */
	#append(bytes: Uint8Array, header: FrameHeader): Uint8Array {
		const frameBytes = header.freeBytes > 0 ? bytes.length : header.frameBytes;
		const target = this.#buffer.subarray(this.#length, this.#length + frameBytes).fill(0);
		target.set(bytes);
		this.#length += frameBytes;
		this.#mpegFrameCount++;
		this.#batchFrames += header.frames;
		return target;
	}

	/** Counts a frame's main data. @returns whether the frame is decodable. */
	#takeMainData({ header, offset, bytes, side }: JudgedFrame): boolean {
		if (!side.isValid || bytes < header.frameBytes) {
			this.#reservoirBytes = 0;
			this.#report(offset, "A damaged MP3 frame was replaced by silence");
			return false;
		}
		// A missing reservoir is not damage of its own: a gap was reported, or the file is cut from a longer one.
		const hasReservoir = side.reservoirBytes <= this.#reservoirBytes;
		this.#reservoirBytes = Math.min(RESERVOIR_BYTES, this.#reservoirBytes + side.mainBytes);
		return hasReservoir;
	}

	#report(byteOffset: number, what: string): void {
		const { start, sampleRate } = this.#recording;
		const where = atSecond(Math.max(0, this.#position - start), sampleRate);
		this.#damage.report(byteOffset, `${what} ${where}.`);
	}
}

function silence(frame: Uint8Array, header: FrameHeader): void {
	frame.fill(0, HEADER_BYTES, sideInfoEnd(header));
	frame[1]! |= NO_CHECKSUM;
}
