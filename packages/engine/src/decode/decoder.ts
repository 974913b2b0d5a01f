import type { ByteSource } from "../source/byte-source.ts";
import type { PlatformAudio } from "./platform/platform-audio.ts";
import type { OnScan } from "./scan-progress.ts";

/** What a file's own header says of the recording. */
export interface RecordedFormat {
	/** Name of the format as a person knows it: "WAV", "FLAC", "MP3", "Ogg Vorbis". */
	readonly name: string;
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** 1 or 2; a decoder refuses other counts with `unsupported-channels`. */
	readonly channels: 1 | 2;
	/** Frames the recording has, or the best estimate; the decoded length decides. */
	readonly frames: number;
}

/** A stretch of decoded audio. */
export interface DecodedChunk {
	/** Interleaved frames, nominally -1..1; valid until the next chunk is asked for. */
	readonly samples: Float32Array;
	/** Share of the file decoded so far, 0..1, never falling. */
	readonly fraction: number;
}

/** One file being decoded. Loader thread only. */
export interface Decoder {
	readonly format: RecordedFormat;
	/** Damage met so far: what, and at which second. Complete when `chunks` has ended. */
	readonly warnings: readonly string[];
	/**
	 * Decodes the file from its first frame, at most 64 Ki frames at a time, each within a few milliseconds.
	 *
	 * @throws MalformedAudioError when nothing can be decoded.
	 */
	chunks(): Generator<DecodedChunk, void, undefined> | AsyncGenerator<DecodedChunk, void, undefined>;
	/** Gives back what the decoder holds; it is not used afterwards. */
	close(): void;
}

/** What a decoder may use besides the bytes. */
export interface DecodeContext {
	/** The built `loader.wasm`. A decoder makes an instance with a memory of its own. */
	readonly loaderModule: WebAssembly.Module;
	/** The decoders that come with the platform. */
	readonly platformAudio: PlatformAudio;
	/** Damage is an error instead of a warning. */
	readonly strict: boolean;
	/** Encoder delay and padding are removed, so that loops are gapless. */
	readonly trimEncoderDelay: boolean;
	/** Hears of a look through the whole file that a decoder takes before it decodes. */
	readonly onScan?: OnScan;
}

/** Opens a file whose format has been sniffed: reads its header and checks every length in it. */
export type OpenDecoder = (source: ByteSource, context: DecodeContext) => Promise<Decoder>;
