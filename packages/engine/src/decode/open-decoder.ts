import { LooperError, MalformedAudioError } from "../errors.ts";
import type { ByteSource } from "../source/byte-source.ts";
import { openAiff } from "./aiff/open-aiff.ts";
import { openCaf } from "./caf/open-caf.ts";
import type { DecodeContext, Decoder, OpenDecoder } from "./decoder.ts";
import { openFlac } from "./flac/open-flac.ts";
import { openOggFlac } from "./flac/open-ogg-flac.ts";
import { skipLeadingTags } from "./mp3/tags.ts";
import { openCompressed } from "./open-compressed.ts";
import { openInWindow } from "./open-in-window.ts";
import { type SniffedFormat, type SupportedFormat, sniff } from "./sniff.ts";
import { readMusicTags, withMusic } from "./tags/music-tag.ts";
import { openWav } from "./wav/open-wav.ts";

const openers: Readonly<Record<SupportedFormat, OpenDecoder>> = {
	wav: openWav,
	rf64: openWav,
	rifx: openWav,
	aiff: openAiff,
	caf: openCaf,
	flac: openFlac,
	"ogg-flac": openOggFlac,
	mp3: openCompressed("mp3"),
	"ogg-vorbis": openCompressed("ogg-vorbis"),
	"ogg-opus": openCompressed("ogg-opus"),
	webm: openCompressed("webm"),
	matroska: openCompressed("matroska"),
	"adts-aac": openCompressed("adts-aac"),
	m4a: openCompressed("m4a"),
	mp4: openCompressed("mp4"),
	quicktime: openCompressed("quicktime"),
};

/** Common names of the audio formats that cannot be loaded. */
const audioNames = {
	wave64: "a Wave64 file",
	au: "an AU file",
	avi: "an AVI file",
	asf: "a WMA (Windows Media) file",
	ac3: "an AC-3 file",
	amr: "an AMR file",
	ape: "a Monkey's Audio file",
	dsf: "a DSD file",
	musepack: "a Musepack file",
	tta: "a True Audio file",
	wavpack: "a WavPack file",
	"ogg-speex": "an Ogg Speex file",
	"ogg-other": "an Ogg file without Vorbis, Opus or FLAC audio",
	"mpeg-layer-1": "an MPEG layer I (MP1) file",
	"mpeg-layer-2": "an MPEG layer II (MP2) file",
} as const satisfies Partial<Record<SniffedFormat, string>>;

/** Descriptions of files that are not audio. */
const otherNames: Readonly<Record<Exclude<SniffedFormat, SupportedFormat | keyof typeof audioNames>, string>> = {
	midi: "a MIDI file: notes, not sound. Render it to audio first",
	image: "an image, not audio. Choose an audio file",
	pdf: "a PDF document, not audio. Choose an audio file",
	archive: "an archive. Unpack it and load the audio files in it",
	html: "a web page, not audio. Check the address that it was loaded from",
	text: "text, not audio. Choose an audio file",
	unknown: "in an unknown format. Convert it to WAV, FLAC, MP3, Ogg Vorbis or Opus",
};

/** These read the leading tags themselves, which describe the recording. */
const tagReaders: ReadonlySet<SupportedFormat> = new Set(["mp3", "adts-aac"]);

/**
 * Recognises a file by its content and opens it. Leading tags are skipped in every format.
 *
 * @throws MalformedAudioError for an empty or damaged file.
 * @throws LooperError `unsupported-format` naming the format and the remedy.
 */
export async function openDecoder(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	if (source.byteLength === 0)
		throw new MalformedAudioError(0, "The file is empty: it has 0 bytes. Export or download it again.");
	const format = sniff(source);
	if (!isKeyOf(openers, format)) throw new LooperError("unsupported-format", unsupportedMessage(format));
	const open = openers[format];
	const start = tagReaders.has(format) ? 0 : skipLeadingTags(source);
	// Before the audio, so that a file that is read forward is not read twice.
	const music = await readMusicTags(source, format, context);
	const decoder = await (start === 0 ? open(source, context) : openInWindow(open, source, { start }, context));
	return music.tempo === null && music.key === null ? decoder : withMusic(decoder, music);
}

function unsupportedMessage(format: Exclude<SniffedFormat, SupportedFormat>): string {
	if (!isKeyOf(audioNames, format)) return `This is ${otherNames[format]}.`;
	return `This is ${audioNames[format]}, which cannot be loaded. Convert it to WAV, FLAC, MP3, Ogg Vorbis or Opus.`;
}

function isKeyOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
	return Object.hasOwn(table, key);
}
