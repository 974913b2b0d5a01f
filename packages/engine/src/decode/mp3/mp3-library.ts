import { LooperError } from "../../errors.ts";
import type { DecoderFiles } from "../decoder.ts";
import { silently, started } from "../wasm-decoder.ts";

/** An array in the library's memory. */
interface LibraryArray<Values> {
	readonly ptr: number;
	readonly len: number;
	readonly buf: Values;
}

/** The library's WebAssembly module. */
interface MpegModule {
	readonly mpeg_decoder_feed: (decoder: number, input: number, length: number) => number;
	readonly mpeg_decoder_read: (
		decoder: number,
		output: number,
		length: number,
		frames: number,
		sampleRate: number,
		error: number,
	) => number;
}

/**
 * The internals of the library's class. Its public decode method copies each sample twice; these decode into the
 * library's memory. The version is pinned, and its shape is checked.
 */
interface MpegLibrary {
	readonly _decoder: number;
	readonly _input: LibraryArray<Uint8Array>;
	readonly _output: LibraryArray<Float32Array>;
	readonly _samplesDecodedPtr: LibraryArray<Uint32Array>;
	readonly _sampleRatePtr: LibraryArray<Uint32Array>;
	readonly _errorStringPtr: LibraryArray<Uint32Array>;
	readonly _common: { readonly wasm: MpegModule };
}

/** Always two channels, as views of the library's memory that are valid until the next stretch is requested. */
export interface DecodedStretch {
	readonly channelData: readonly [Float32Array, Float32Array];
	readonly frames: number;
}

const NEW_FORMAT = -11;
const NEED_MORE = -10;
/** A batch with more unproductive reads than this loops forever. */
const MAX_VAIN_READS = 64;

/** The decoder of one file. It is unusable after an error. */
export class Mp3Library {
	readonly #decoder: number;
	readonly #input: LibraryArray<Uint8Array>;
	readonly #output: LibraryArray<Float32Array>;
	readonly #frames: LibraryArray<Uint32Array>;
	readonly #module: MpegModule;
	readonly #readArguments: readonly [output: number, length: number, frames: number, sampleRate: number, error: number];

	private constructor(library: MpegLibrary) {
		const { _decoder: decoder, _input: input, _output: output, _common: common } = library;
		const { _samplesDecodedPtr: frames, _sampleRatePtr: sampleRate, _errorStringPtr: error } = library;
		this.#decoder = decoder;
		this.#input = input;
		this.#output = output;
		this.#frames = frames;
		this.#module = common.wasm;
		this.#readArguments = [output.ptr, output.len, frames.ptr, sampleRate.ptr, error.ptr];
	}

	/** @throws LooperError `unsupported-platform` if its file cannot be loaded, `timed-out` if it does not start. */
	static async start(files: DecoderFiles): Promise<Mp3Library> {
		const { MPEGDecoder } = await files.load("mp3");
		// Gapless trimming is off: it needs the info frame, and cannot trim a damaged stream correctly.
		const library = new MPEGDecoder({ enableGapless: false });
		await started(library.ready, "MP3");
		if (!isKnown(library)) {
			throw new LooperError(
				"worker-crashed",
				"The MP3 library has an unsupported version. Install the version that this package pins.",
			);
		}
		return new Mp3Library(library);
	}

	/**
	 * Decodes whole MP3 frames.
	 *
	 * @param batch - at most 64 KiB
	 * @throws Error if the library fails.
	 */
	*decode(batch: Uint8Array): Generator<DecodedStretch, void, undefined> {
		this.#input.buf.set(batch);
		const fed = silently(() => this.#module.mpeg_decoder_feed(this.#decoder, this.#input.ptr, batch.length));
		if (fed === NEED_MORE) return;
		for (let vainCount = 0; vainCount < MAX_VAIN_READS; ) {
			this.#frames.buf[0] = 0;
			const outcome = silently(() => this.#module.mpeg_decoder_read(this.#decoder, ...this.#readArguments));
			const frames = this.#frames.buf[0];
			const { buf: samples } = this.#output;
			if (frames > 0) {
				yield { channelData: [samples.subarray(0, frames), samples.subarray(frames, 2 * frames)], frames };
			}
			if (outcome === NEED_MORE) return;
			if (frames === 0 || (outcome !== NEW_FORMAT && outcome !== 0)) vainCount++;
		}
		throw new Error("The MP3 library keeps failing.");
	}
}

function isKnown(library: object): library is MpegLibrary {
	const {
		_input: input,
		_output: output,
		_samplesDecodedPtr: frames,
		_sampleRatePtr: sampleRate,
		_errorStringPtr: error,
		_common: common,
	} = library as Partial<MpegLibrary>;
	const { mpeg_decoder_feed: feed, mpeg_decoder_read: read } = common?.wasm ?? {};
	const arrays = [input, output, frames, sampleRate, error];
	return [feed, read].every((call) => typeof call === "function") && arrays.every((array) => (array?.len ?? 0) > 0);
}
