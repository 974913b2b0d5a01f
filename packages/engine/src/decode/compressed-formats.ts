import { openAdts } from "./aac/open-adts.ts";
import { openCafAlac } from "./caf/open-caf-alac.ts";
import type { CompressedFormats } from "./decoder.ts";
import { openMatroska, openWebm } from "./matroska/open-matroska.ts";
import { openMp3 } from "./mp3/open-mp3.ts";
import { openMp4 } from "./mp4/open-mp4.ts";
import { openOggOpus } from "./opus/open-ogg-opus.ts";
import { readMp4Music } from "./tags/mp4-music.ts";
import { openVorbis } from "./vorbis/open-vorbis.ts";

/**
 * The lossy formats, and those that the platform decodes. WAV, AIFF, CAF and FLAC load without them.
 *
 * Bundled separately, with its own copies of the modules it has in common with the loader thread, so neither classes nor module state
 * can be compared between the two: use `isLooperError` and `isMalformedAudio` instead of `instanceof`.
 */
export const compressedFormats: CompressedFormats = {
	openers: {
		mp3: openMp3,
		"ogg-vorbis": openVorbis,
		"ogg-opus": openOggOpus,
		webm: openWebm,
		matroska: openMatroska,
		"adts-aac": openAdts,
		m4a: openMp4,
		mp4: openMp4,
		quicktime: openMp4,
	},
	openCafAlac,
	readMp4Music,
};
