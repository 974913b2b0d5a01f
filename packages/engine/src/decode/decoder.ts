import type { DecoderFile } from "../protocol/decoder-names.ts";
import type { SampleMetadata } from "../protocol/sample-metadata.ts";
import type { ByteSource } from "../source/byte-source.ts";
import type { CafFile } from "./caf/caf-file.ts";
import type { CompressedFormat, LosslessFormat, SniffedFormat } from "./formats.ts";
import type { PlatformAudio } from "./platform/platform-audio.ts";
import type { OnScan } from "./scan-progress.ts";
import type { TaggedMusic } from "./tags/tagged-music.ts";
import type { CompressedAudio } from "./wav/compressed-audio.ts";

/** The recording as the file's header declares it. */
export interface RecordedFormat {
	/** Common name of the format: "WAV", "FLAC", "MP3", "Ogg Vorbis". */
	readonly name: string;
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** 1 or 2; other counts are rejected with `unsupported-channels`. */
	readonly channels: 1 | 2;
	/** Frames declared, or the best estimate; the decoded length decides. */
	readonly frames: number;
}

/** A stretch of decoded audio. */
export interface DecodedChunk {
	/** Interleaved frames, nominally -1..1; valid until the next chunk is requested. */
	readonly samples: Float32Array;
	/** Share of the file decoded so far, 0..1, never falling. */
	readonly fraction: number;
}

/** Decodes one file. Thread: loader. */
export interface Decoder {
	readonly format: RecordedFormat;
	/** Damage found so far, with times. Complete once `chunks` has ended. */
	readonly warnings: readonly string[];
	/**
	 * Decodes the file from its first frame, at most 64 Ki frames at a time, each chunk within a few milliseconds.
	 *
	 * @throws MalformedAudioError if nothing can be decoded.
	 */
	chunks(): Generator<DecodedChunk, void, undefined> | AsyncGenerator<DecodedChunk, void, undefined>;
	/**
	 * What the file says of its music, unchecked; nothing where its format has no words for it. Called once, after `chunks` has ended: it
	 * may stand behind the audio.
	 */
	readMetadata?(): SampleMetadata;
	/** Frees the decoder's resources; it is not used afterwards. */
	close(): void;
}

/** Resources and options of a decoder. */
export interface DecodeContext {
	/** The built `loader.wasm`; each decoder instantiates it with its own memory. */
	readonly loaderModule: WebAssembly.Module;
	/** Code that is imported on demand. */
	readonly files: DecoderFiles;
	/** The platform's decoders. */
	readonly platformAudio: PlatformAudio;
	/** Damage throws instead of warning. */
	readonly strict: boolean;
	/** Encoder delay and padding are removed, so that loops are gapless. */
	readonly trimEncoderDelay: boolean;
	/** Receives the progress of a full scan before decoding. */
	readonly onScan?: OnScan;
}

/** Opens a file whose format is known: reads its header and checks every length in it. */
export type OpenDecoder = (source: ByteSource, context: DecodeContext) => Promise<Decoder>;

/** What a loader thread needs for the files of a format. */
export interface AudioFormat {
	readonly open: OpenDecoder;
	/** The decoder reads the tags before the audio, because they describe the recording. */
	readonly readsLeadingTags?: true;
	/** Reads what the format's own tags say of the music, if the decoder does not. */
	readonly readMusic?: (source: ByteSource) => TaggedMusic;
}

/** What the file of the lossless formats has. */
export type LosslessFormats = Readonly<Record<LosslessFormat, AudioFormat>>;

/** What the file of the compressed formats has. */
export interface CompressedFormats {
	readonly formats: Readonly<Record<CompressedFormat, AudioFormat>>;
	/** Recognises a file that no signature identifies. @param tagsEnd - end of the tags at its head */
	sniffContent(file: ByteSource, tagsEnd: number): SniffedFormat;
	/** Opens a CAF file whose header says ALAC. */
	openCafAlac(source: ByteSource, file: CafFile, context: DecodeContext): Promise<Decoder>;
	/** Opens the stream in a WAVE file whose header says MP3 or Ogg Vorbis. */
	openCompressedWave(source: ByteSource, audio: CompressedAudio, context: DecodeContext): Promise<Decoder>;
}

/** What the files export. */
export interface DecoderModules {
	readonly lossless: { readonly losslessFormats: LosslessFormats };
	readonly compressed: { readonly compressedFormats: CompressedFormats };
	readonly mp3: typeof import("./libraries/mp3.ts");
	readonly vorbis: typeof import("./libraries/vorbis.ts");
	readonly opus: typeof import("./libraries/opus.ts");
}

/** Imports code on demand. */
export interface DecoderFiles {
	/** Imports the file unless it has been imported. @throws LooperError `unsupported-platform` */
	load<File extends DecoderFile>(file: File): Promise<DecoderModules[File]>;
}
