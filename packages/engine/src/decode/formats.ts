import type { SignedFormat } from "./signatures.ts";

/** A format whose code is in `lossless-formats.js`. */
export type LosslessFormat = "aiff" | "caf" | "flac" | "ogg-flac";

/** A format whose code is in `compressed-formats.js`. */
export type CompressedFormat =
	| "mp3"
	| "ogg-vorbis"
	| "ogg-opus"
	| "webm"
	| "matroska"
	| "adts-aac"
	| "m4a"
	| "mp4"
	| "quicktime";

/** A format that can be loaded. */
export type SupportedFormat = "wav" | "rf64" | "rifx" | LosslessFormat | CompressedFormat;

/** What a file can be recognised as. */
export type SniffedFormat =
	| SupportedFormat
	| SignedFormat
	| "ogg-speex"
	| "ogg-other"
	| "mpeg-layer-1"
	| "mpeg-layer-2"
	| "html"
	| "text"
	| "unknown";
