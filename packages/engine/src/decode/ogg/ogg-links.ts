import type { ByteSource } from "../../source/byte-source.ts";
import { type OggPage, soundPages } from "./ogg-pages.ts";
import { type OggFormat, streamFormat } from "./sniff-ogg.ts";

/** What decides whether a page begins another link of a chained file. */
export interface LinkPlace {
	/** The stream that is played. */
	readonly serial: number;
	/** Its last page has been seen. */
	readonly isComplete: boolean;
}

/**
 * Whether a page behind the head of a link begins the next one. Streams that lie beside the one that is played begin
 * in the head, too; one that begins late does not end it, unless it is audio.
 *
 * Source: RFC 3533, section 4.
 */
export function beginsLink(page: OggPage, { serial, isComplete }: LinkPlace): boolean {
	return page.isFirst && (isComplete || page.serial === serial || streamFormat(page) !== "ogg-other");
}

/** Where the link behind the one that begins at an offset begins; null when none follows. */
export function findNextLink(source: ByteSource, byteOffset: number): number | null {
	let isPastHead = false;
	for (const page of soundPages(source, byteOffset)) {
		if (!page.isFirst) isPastHead = true;
		else if (isPastHead) return page.offset;
	}
	return null;
}

/** Whether one of the streams that begin at an offset is of a codec. */
export function linkHas(source: ByteSource, byteOffset: number, format: OggFormat): boolean {
	for (const page of soundPages(source, byteOffset)) {
		if (!page.isFirst) return false;
		if (streamFormat(page) === format) return true;
	}
	return false;
}
