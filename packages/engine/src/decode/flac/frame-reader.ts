import type { ByteSource } from "../../source/byte-source.ts";
import * as layout from "./frame-layout.ts";

/** A frame header with a valid CRC-8. */
export interface FrameHeader {
	/** Offset of the sync code in the file. */
	readonly offset: number;
	/** Number of the frame, or of its first sample when block sizes vary. */
	readonly number: number;
	readonly isVariable: boolean;
	readonly blockFrames: number;
	/** 0: defined in STREAMINFO. */
	readonly sampleRate: number;
	/** 1..8. */
	readonly channels: number;
	/** 0: defined in STREAMINFO. */
	readonly bits: number;
}

/** Why a frame was not decoded: it is invalid, or the file ends inside it. */
export type FrameFailure = "invalid" | "cut";

/** The FLAC exports of `loader.wasm`; see packages/kernel/assembly/loader/flac. */
interface FlacExports {
	readonly heapStart: { readonly value: number };
	flacPrepare(): void;
	flacFindHeader(start: number, end: number, isLast: number): number;
	flacDecodeFrame(start: number, end: number, bits: number): number;
	flacWriteBlock(output: number, bits: number, channels: number): void;
}

/** Pages for the module's own data; the decoder's memory follows. */
const INITIAL_PAGES = 16;
const PAGE_BYTES = 65_536;
const RAN_OUT = -1;
/** Room for headers and a few worst-case Rice residuals. */
const SPARE_BYTES = 65_536;

/** Maximum bytes of a frame, twice its plain samples; bounds the time for an invalid one. */
function maxFrameBytes(header: FrameHeader, bits: number): number {
	const plainBits = header.blockFrames * header.channels * (bits + 1);
	return Math.min(plainBits / 4 + SPARE_BYTES, layout.WINDOW_BYTES);
}

/** Finds and decodes single frames of a file in an instance of the loader module. Thread: loader. */
export class FrameReader {
	readonly #source: ByteSource;
	readonly #loops: FlacExports;
	readonly #base: number;
	readonly #header: DataView;
	readonly #window: Uint8Array;
	readonly #output: Float32Array;
	/** The range of the file in the window. */
	#start = 0;
	#end = 0;
	#fileBytes: number;

	constructor(source: ByteSource, module: WebAssembly.Module) {
		this.#source = source;
		this.#fileBytes = source.byteLength;
		const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
		this.#loops = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as FlacExports;
		this.#base = (this.#loops.heapStart.value + 15) & ~15;
		const pages = Math.ceil((this.#base + layout.LAYOUT_BYTES) / PAGE_BYTES);
		memory.grow(Math.max(0, pages - INITIAL_PAGES));
		this.#header = new DataView(memory.buffer, this.#base);
		this.#window = new Uint8Array(memory.buffer, this.#base + layout.WINDOW, layout.WINDOW_BYTES);
		this.#output = new Float32Array(memory.buffer, this.#base + layout.OUTPUT, 2 * layout.MAX_BLOCK_FRAMES);
		this.#loops.flacPrepare();
	}

	/** Interleaved samples, room for 65,536 frames of two channels. */
	get output(): Float32Array {
		return this.#output;
	}

	/** End of the file; earlier than at first if the file became shorter while being read. */
	get fileBytes(): number {
		return this.#fileBytes;
	}

	/** The first header at or after an offset, or null. */
	findHeader(offset: number): FrameHeader | null {
		for (let from = offset; from < this.#fileBytes; ) {
			if (from < this.#start || from >= this.#end) this.#moveWindow(from);
			const address = this.#loops.flacFindHeader(this.#address(from), this.#address(this.#end), this.#isLast ? 1 : 0);
			if (address !== 0) return this.#readHeader(address);
			if (this.#isLast) break;
			from = Math.max(from, this.#end - layout.MAX_HEADER_BYTES);
			this.#moveWindow(from);
		}
		return null;
	}

	/**
	 * Decodes and verifies the frame of the last header found.
	 *
	 * @param bits - depth, 4..32
	 * @returns its length in bytes, or why it cannot be decoded
	 */
	decodeFrame(header: FrameHeader, bits: number): number | FrameFailure {
		const limit = header.offset + maxFrameBytes(header, bits);
		if (limit > this.#end && !this.#isLast) this.#moveWindow(header.offset);
		const end = Math.min(limit, this.#end);
		const length = this.#loops.flacDecodeFrame(this.#address(header.offset), this.#address(end), bits);
		if (length > 0) return length;
		return length === RAN_OUT && limit > this.#end && this.#isLast ? "cut" : "invalid";
	}

	/**
	 * Writes the last decoded block to the output.
	 *
	 * @param frame - where it starts, in frames
	 */
	writeBlock(frame: number, bits: number, channels: number): void {
		this.#loops.flacWriteBlock(this.#base + layout.OUTPUT + frame * channels * 4, bits, channels);
	}

	#address(offset: number): number {
		return this.#base + layout.WINDOW + offset - this.#start;
	}

	get #isLast(): boolean {
		return this.#end >= this.#fileBytes;
	}

	#moveWindow(offset: number): void {
		this.#start = offset;
		const bytes = this.#source.read(offset, layout.WINDOW_BYTES);
		this.#window.set(bytes);
		this.#end = offset + bytes.length;
		if (bytes.length < layout.WINDOW_BYTES) this.#fileBytes = this.#end;
	}

	#readHeader(address: number): FrameHeader {
		const word = (offset: number): number => this.#header.getInt32(offset, true);
		return {
			offset: address - this.#base - layout.WINDOW + this.#start,
			number: this.#header.getFloat64(layout.HEADER_NUMBER, true),
			isVariable: word(layout.HEADER_IS_VARIABLE) === 1,
			blockFrames: word(layout.HEADER_BLOCK_FRAMES),
			sampleRate: word(layout.HEADER_SAMPLE_RATE),
			channels: word(layout.HEADER_CHANNELS),
			bits: word(layout.HEADER_BITS),
		};
	}
}
