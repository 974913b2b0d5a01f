import type { ByteSource } from "../../source/byte-source.ts";
import { OggPackets } from "./ogg-packets.ts";
import { readOggPage } from "./ogg-pages.ts";

/** What an Ogg file can hold, as far as it is told apart. */
export type OggFormat = "ogg-vorbis" | "ogg-flac" | "ogg-opus" | "ogg-speex" | "ogg-other";

/** How the first packet of a stream begins, one character a byte. */
const codecs: readonly (readonly [start: string, format: OggFormat])[] = [
	["\x01vorbis", "ogg-vorbis"],
	["\x7fFLAC", "ogg-flac"],
	["OpusHead", "ogg-opus"],
	["Speex   ", "ogg-speex"],
];

/** The first audio codec among the streams of an Ogg file; all their first pages stand at its head. */
export function sniffOgg(source: ByteSource): OggFormat {
	for (let page = readOggPage(source, 0); page?.isFirst === true; page = readOggPage(source, page.end)) {
		const [packet] = new OggPackets().completedIn(page);
		const start = String.fromCharCode(...(packet?.subarray(0, 8) ?? []));
		const codec = codecs.find(([pattern]) => start.startsWith(pattern));
		if (codec !== undefined) return codec[1];
	}
	return "ogg-other";
}
