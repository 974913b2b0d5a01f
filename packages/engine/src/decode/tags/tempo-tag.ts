import { NO_METADATA } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { byteWindow } from "../../source/byte-window.ts";
import type { Decoder } from "../decoder.ts";
import { readId3Tempo } from "../id3/id3-tempo.ts";
import { leadingTags, skipLeadingTags } from "../mp3/tags.ts";
import type { SupportedFormat } from "../sniff.ts";
import { readFlacTempo } from "./flac-tempo.ts";
import { readMp4Tempo } from "./mp4-tempo.ts";
import { readOggTempo } from "./ogg-tempo.ts";

/** A file with more leading tags is read for its audio alone. */
const MAX_TAGS = 8;

type ReadTempo = (source: ByteSource) => number | null;

/** Formats whose tags are not read by their decoders. */
const readers: Partial<Readonly<Record<SupportedFormat, ReadTempo>>> = {
	flac: readFlacTempo,
	"ogg-vorbis": readOggTempo,
	"ogg-opus": readOggTempo,
	"ogg-flac": readOggTempo,
	m4a: readMp4Tempo,
	mp4: readMp4Tempo,
	quicktime: readMp4Tempo,
};

/** The tempo that a file's tags say, in beats per minute, unchecked: leading ID3v2 tags first, whatever the format. Null where there is none. */
export function readTempoTag(source: ByteSource, format: SupportedFormat): number | null {
	let count = 0;
	for (const tag of leadingTags(source)) {
		if (++count > MAX_TAGS) break;
		const tempo = readId3Tempo(source, tag);
		if (tempo !== null) return tempo;
	}
	return readers[format]?.(byteWindow(source, skipLeadingTags(source))) ?? null;
}

/** A decoder whose metadata has the tempo where the format's own chunks have none. */
export function withTempo(decoder: Decoder, tempo: number): Decoder {
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
			return { ...metadata, tempo: metadata.tempo || tempo };
		},
		close: () => decoder.close(),
	};
}
