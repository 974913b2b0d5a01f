import { keyField } from "../../protocol/musical-key.ts";
import { NO_METADATA } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { byteWindow } from "../../source/byte-window.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { readId3Music } from "../id3/id3-music.ts";
import { leadingTags, skipLeadingTags } from "../mp3/tags.ts";
import type { SupportedFormat } from "../sniff.ts";
import { readFlacMusic } from "./flac-music.ts";
import { readOggMusic } from "./ogg-music.ts";
import { firstSaid, NO_MUSIC, type TaggedMusic } from "./tagged-music.ts";

/** A file with more leading tags is read for its audio alone. */
const MAX_TAGS = 8;

type ReadMusic = (source: ByteSource, context: DecodeContext) => TaggedMusic | Promise<TaggedMusic>;

const readMp4Music: ReadMusic = async (source, { files }) => {
	const { compressedFormats } = await files.load("formats");
	return compressedFormats.readMp4Music(source);
};

/** Formats whose tags are not read by their decoders. */
const readers: Partial<Readonly<Record<SupportedFormat, ReadMusic>>> = {
	flac: readFlacMusic,
	"ogg-vorbis": readOggMusic,
	"ogg-opus": readOggMusic,
	"ogg-flac": readOggMusic,
	m4a: readMp4Music,
	mp4: readMp4Music,
	quicktime: readMp4Music,
};

/** The tempo and the key that a file's tags say: leading ID3v2 tags first, whatever the format. */
export async function readMusicTags(
	source: ByteSource,
	format: SupportedFormat,
	context: DecodeContext,
): Promise<TaggedMusic> {
	let music = NO_MUSIC;
	let count = 0;
	for (const tag of leadingTags(source)) {
		if (++count > MAX_TAGS) break;
		music = firstSaid(music, readId3Music(source, tag));
	}
	if (music.tempo !== null && music.key !== null) return music;
	const read = readers[format];
	if (read === undefined) return music;
	return firstSaid(music, await read(byteWindow(source, skipLeadingTags(source)), context));
}

/** A decoder whose metadata has the tempo and the key where the format's own chunks have none. */
export function withMusic(decoder: Decoder, { tempo, key }: TaggedMusic): Decoder {
	return {
		get format() {
			return decoder.format;
		},
		get warnings() {
			return decoder.warnings;
		},
		chunks: () => decoder.chunks(),
		readMetadata: () => {
			const metadata = decoder.readMetadata?.() ?? NO_METADATA;
			return { ...metadata, tempo: metadata.tempo || tempo, ...keyField(metadata.key ?? key) };
		},
		close: () => decoder.close(),
	};
}
