import { keyField } from "../../protocol/musical-key.ts";
import { NO_METADATA } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { byteWindow } from "../../source/byte-window.ts";
import type { AudioFormat, Decoder } from "../decoder.ts";
import { readId3Music } from "../id3/id3-music.ts";
import { leadingTags } from "../mp3/tags.ts";
import { firstSaid, NO_MUSIC, type TaggedMusic } from "./tagged-music.ts";

/** A file with more leading tags is read for its audio alone. */
const MAX_TAGS = 8;

/**
 * The tempo and the key that a file's tags say: leading ID3v2 tags first, whatever the format.
 *
 * @param tagsEnd - end of the tags at the file's head
 * @param readMusic - reads the format's own tags
 */
export function readMusicTags(source: ByteSource, tagsEnd: number, readMusic: AudioFormat["readMusic"]): TaggedMusic {
	let music = NO_MUSIC;
	let count = 0;
	for (const tag of leadingTags(source)) {
		if (++count > MAX_TAGS) break;
		music = firstSaid(music, readId3Music(source, tag));
	}
	if (readMusic === undefined || (music.tempo !== null && music.key !== null)) return music;
	return firstSaid(music, readMusic(byteWindow(source, tagsEnd)));
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
