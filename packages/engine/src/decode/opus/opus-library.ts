import { LooperError } from "../../errors.ts";
import type { DecoderFiles } from "../decoder.ts";
import { started } from "../wasm-decoder.ts";
import { OPUS_SAMPLE_RATE, type OpusHead } from "./opus-head.ts";

/** The library's WebAssembly module; its views are replaced when its memory grows. */
interface OpusModule {
	readonly HEAPU8: Uint8Array;
	readonly HEAPF32: Float32Array;
	readonly _malloc: (bytes: number) => number;
	readonly _free: (address: number) => void;
	readonly _audio_opus_decode: (handle: number, input: number, length: number) => number;
	readonly _audio_opus_output: (handle: number) => number;
}

/**
 * The internals of the library's class. Its public decode method copies each sample twice into short-lived arrays; these
 * decode into the library's memory. The version is pinned, and its shape is checked.
 */
interface OpusStreamDecoder {
	readonly module: OpusModule;
	/** Differs per stream. */
	readonly handle: number;
	configure(options: {
		sampleRate: number;
		channels: number;
		streamCount: number;
		coupledStreamCount: number;
		channelMappingTable: readonly number[];
		outputGain: number;
	}): void;
	free(): void;
}

/** Decodes the packets of one stream at a time. */
export interface OpusLibrary {
	/** Prepares for another stream. */
	begin(head: Omit<OpusHead, "preSkip">): void;
	/**
	 * Decodes the next packet.
	 *
	 * @returns one array per channel, valid until the next packet, or null for a damaged packet
	 * @throws Error if the library fails; it is unusable afterwards.
	 */
	decode(packet: Uint8Array): readonly Float32Array[] | null;
	close(): void;
}

/**
 * Starts a decoder; each file has its own.
 *
 * @throws LooperError `unsupported-platform` if its file cannot be loaded, `timed-out` if it does not start.
 */
export async function startOpusLibrary(files: DecoderFiles): Promise<OpusLibrary> {
	const { createOpusDecoder } = await files.load("opus");
	const starting = createOpusDecoder();
	await started(starting, "Opus");
	const library: object = await starting;
	if (!isKnown(library)) {
		throw new LooperError(
			"worker-crashed",
			"The Opus library has an unsupported version. Install the version that this package pins.",
		);
	}
	return new LibopusDecoder(library);
}

const FLOAT_BYTES = 4;
/** Room for most packets; grows for longer ones. */
const INPUT_BYTES = 2 ** 12;

class LibopusDecoder implements OpusLibrary {
	readonly #decoder: OpusStreamDecoder;
	readonly #module: OpusModule;
	#channels = 0;
	/** Address of the input packet in the library's memory. */
	#input = 0;
	#inputBytes = 0;
	#hasFailed = false;

	constructor(decoder: OpusStreamDecoder) {
		this.#decoder = decoder;
		this.#module = decoder.module;
	}

	begin(head: Omit<OpusHead, "preSkip">): void {
		this.#channels = head.channels;
		this.#decoder.configure({
			sampleRate: OPUS_SAMPLE_RATE,
			channels: head.channels,
			streamCount: head.streamCount,
			coupledStreamCount: head.coupledStreamCount,
			channelMappingTable: [...head.mapping],
			outputGain: head.outputGain,
		});
	}

	decode(packet: Uint8Array): readonly Float32Array[] | null {
		const { handle } = this.#decoder;
		this.#hasFailed = true;
		this.#reserveInput(packet.length);
		this.#module.HEAPU8.set(packet, this.#input);
		const { _audio_opus_decode: decodePacket, _audio_opus_output: outputOf } = this.#module;
		const frames = decodePacket(handle, this.#input, packet.length);
		const output = frames > 0 ? outputOf(handle) / FLOAT_BYTES : 0;
		this.#hasFailed = false;
		if (frames <= 0) return null;
		const { HEAPF32: floats } = this.#module;
		return Array.from({ length: this.#channels }, (_, channel) =>
			floats.subarray(output + channel * frames, output + (channel + 1) * frames),
		);
	}

	/** A failed decoder is not freed, which could fail again. */
	close(): void {
		if (this.#hasFailed) return;
		this.#freeInput();
		this.#decoder.free();
	}

	#reserveInput(bytes: number): void {
		if (bytes <= this.#inputBytes) return;
		this.#freeInput();
		const { _malloc: allocate } = this.#module;
		this.#inputBytes = Math.max(bytes, INPUT_BYTES);
		this.#input = allocate(this.#inputBytes);
		if (this.#input === 0) throw new Error("The Opus library is out of memory.");
	}

	#freeInput(): void {
		const { _free: free } = this.#module;
		if (this.#input !== 0) free(this.#input);
		this.#input = 0;
	}
}

function isKnown(library: object): library is OpusStreamDecoder {
	const { module, configure, free } = library as Partial<OpusStreamDecoder>;
	const { HEAPU8: bytes, HEAPF32: floats, _malloc: malloc, _free: freeInput } = module ?? {};
	const { _audio_opus_decode: decode, _audio_opus_output: outputOf } = module ?? {};
	const calls = [configure, free, malloc, freeInput, decode, outputOf];
	return (
		bytes instanceof Uint8Array && floats instanceof Float32Array && calls.every((call) => typeof call === "function")
	);
}
