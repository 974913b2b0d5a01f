import { openAdts } from "./aac/open-adts.ts";
import { openCafAlac } from "./caf/open-caf-alac.ts";
import type { AudioFormat, CompressedFormats } from "./decoder.ts";
import { openMatroska, openWebm } from "./matroska/open-matroska.ts";
import { openMp3 } from "./mp3/open-mp3.ts";
import { openMp4 } from "./mp4/open-mp4.ts";
import { openOggOpus } from "./opus/open-ogg-opus.ts";
import { sniffContent } from "./sniff-content.ts";
import { readMp4Music } from "./tags/mp4-music.ts";
import { readOggMusic } from "./tags/ogg-music.ts";
import { openVorbis } from "./vorbis/open-vorbis.ts";
import { openCompressedWave } from "./wav/open-compressed-wave.ts";

const mp4: AudioFormat = { open: openMp4, readMusic: readMp4Music };

/**
 * The lossy formats, those that the platform decodes, and how files are recognised that no signature identifies. WAV loads without
 * them, and so do AIFF, CAF and FLAC.
 *
 * Bundled separately, with its own copies of the modules it has in common with the loader thread, so neither classes nor module state
 * can be compared between the two: use `isLooperError` and `isMalformedAudio` instead of `instanceof`.
 */
export const compressedFormats: CompressedFormats = {
	formats: {
		mp3: { open: openMp3, readsLeadingTags: true },
		"ogg-vorbis": { open: openVorbis, readMusic: readOggMusic },
		"ogg-opus": { open: openOggOpus, readMusic: readOggMusic },
		webm: { open: openWebm },
		matroska: { open: openMatroska },
		"adts-aac": { open: openAdts, readsLeadingTags: true },
		m4a: mp4,
		mp4,
		quicktime: mp4,
	},
	sniffContent,
	openCafAlac,
	openCompressedWave,
};
