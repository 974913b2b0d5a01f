import { LooperError, MalformedAudioError } from "../errors.ts";
import type { DecoderName } from "../protocol/decoder-names.ts";
import type { ByteSource } from "../source/byte-source.ts";
import { charactersAt } from "./characters.ts";
import type { AudioFormat, DecodeContext, Decoder, DecoderFiles } from "./decoder.ts";
import type { CompressedFormat, LosslessFormat, SniffedFormat, SupportedFormat } from "./formats.ts";
import { importCompressed } from "./import-compressed.ts";
import { skipLeadingTags } from "./mp3/tags.ts";
import { openInWindow } from "./open-in-window.ts";
import { SIGNATURE_BYTES, sniffSignature } from "./sniff-signature.ts";
import { readMusicTags, withMusic } from "./tags/music-tag.ts";
import { openWav } from "./wav/open-wav.ts";

/** Imports the code of a format. @param decoder - the decoder that the file is likely to need */
type ImportFormat = (files: DecoderFiles, decoder: DecoderName | null) => AudioFormat | Promise<AudioFormat>;

const wave: ImportFormat = () => ({ open: openWav });
const lossless = (format: LosslessFormat): ImportFormat => {
	return async (files) => (await files.load("lossless")).losslessFormats[format];
};
const compressed = (format: CompressedFormat): ImportFormat => {
	return async (files, decoder) => (await importCompressed(files, decoder)).formats[format];
};

const imports: Readonly<Record<SupportedFormat, ImportFormat>> = {
	wav: wave,
	rf64: wave,
	rifx: wave,
	aiff: lossless("aiff"),
	caf: lossless("caf"),
	flac: lossless("flac"),
	"ogg-flac": lossless("ogg-flac"),
	mp3: compressed("mp3"),
	"ogg-vorbis": compressed("ogg-vorbis"),
	"ogg-opus": compressed("ogg-opus"),
	webm: compressed("webm"),
	matroska: compressed("matroska"),
	"adts-aac": compressed("adts-aac"),
	m4a: compressed("m4a"),
	mp4: compressed("mp4"),
	quicktime: compressed("quicktime"),
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

/**
 * Recognises a file by its content and opens it. Leading tags are skipped in every format.
 *
 * @throws MalformedAudioError for an empty or damaged file.
 * @throws LooperError `unsupported-format` naming the format and the remedy.
 */
export async function openDecoder(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	if (source.byteLength === 0)
		throw new MalformedAudioError(0, "The file is empty: it has 0 bytes. Export or download it again.");
	const { files } = context;
	const tagsEnd = skipLeadingTags(source);
	const head = source.read(tagsEnd, SIGNATURE_BYTES).slice();
	const decoder = likelyDecoder(head);
	const format = sniffSignature(head) ?? (await importCompressed(files, decoder)).sniffContent(source, tagsEnd);
	if (!isKeyOf(imports, format)) throw new LooperError("unsupported-format", unsupportedMessage(format));
	const { open, readsLeadingTags, readMusic } = await imports[format](files, decoder);
	const start = readsLeadingTags === true ? 0 : tagsEnd;
	// Before the audio, so that a file that is read forward is not read twice.
	const music = readMusicTags(source, tagsEnd, readMusic);
	const opened = await (start === 0 ? open(source, context) : openInWindow(open, source, { start }, context));
	return music.tempo === null && music.key === null ? opened : withMusic(opened, music);
}

/** The decoder that a file of a compressed format is likely to need, told by its head, so that both are fetched at once. */
function likelyDecoder(head: Uint8Array): DecoderName | null {
	const text = charactersAt(head, 0, head.length);
	if (/OpusHead|webm/.test(text)) return "opus";
	if (text.includes("\x01vorbis")) return "vorbis";
	// The header of a frame of layer III.
	return head[0] === 0xff && (head[1]! & 0xe6) === 0xe2 ? "mp3" : null;
}

function unsupportedMessage(format: Exclude<SniffedFormat, SupportedFormat>): string {
	if (!isKeyOf(audioNames, format)) return `This is ${otherNames[format]}.`;
	return `This is ${audioNames[format]}, which cannot be loaded. Convert it to WAV, FLAC, MP3, Ogg Vorbis or Opus.`;
}

function isKeyOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
	return Object.hasOwn(table, key);
}
