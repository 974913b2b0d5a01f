import type { ByteSource } from "../../source/byte-source.ts";
import { byteWindow } from "../../source/byte-window.ts";
import { OggPackets } from "./ogg-packets.ts";
import { type OggPage, readOggPage, validPages } from "./ogg-pages.ts";

/** The recognised contents of an Ogg file. */
export type OggFormat = "ogg-vorbis" | "ogg-flac" | "ogg-opus" | "ogg-speex" | "ogg-other";

/** The start of a stream's first packet, one character per byte. */
const codecs: readonly (readonly [start: string, format: OggFormat])[] = [
	["\x01vorbis", "ogg-vorbis"],
	["\x7fFLAC", "ogg-flac"],
	["OpusHead", "ogg-opus"],
	["Speex   ", "ogg-speex"],
];

/** Bytes of a stream without a first page that are skipped to find another one. */
const SEARCH_BYTES = 2 ** 24;

/** The first audio codec among the streams at the head of an Ogg file, else among those that follow. */
export function sniffOgg(source: ByteSource): OggFormat {
	for (let page = readOggPage(source, 0); page?.isFirst === true; page = readOggPage(source, page.end)) {
		const format = streamFormat(page);
		if (format !== "ogg-other") return format;
	}
	for (const page of validPages(byteWindow(source, 0, SEARCH_BYTES))) {
		const format = page.isFirst ? streamFormat(page) : "ogg-other";
		if (format !== "ogg-other") return format;
	}
	return "ogg-other";
}

/** The codec of the stream that a first page begins. */
export function streamFormat(page: OggPage): OggFormat {
	const [packet] = new OggPackets().completedIn(page);
	const start = String.fromCharCode(...(packet?.subarray(0, 8) ?? []));
	return codecs.find(([pattern]) => start.startsWith(pattern))?.[1] ?? "ogg-other";
}
