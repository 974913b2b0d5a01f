import type { ByteSource } from "../../source/byte-source.ts";
import { type OggPage, validPages } from "./ogg-pages.ts";
import { type OggFormat, streamFormat } from "./sniff-ogg.ts";

/** The state that decides whether a page begins another link. */
export interface LinkPlace {
	/** The stream being played. */
	readonly serial: number;
	/** Its last page has been seen. */
	readonly isComplete: boolean;
}

/**
 * Whether a page after the head of a link begins the next one. Parallel streams begin in the head, too; one that begins
 * late does not end the link, unless it is audio.
 *
 * Source: RFC 3533, section 4.
 */
export function beginsLink(page: OggPage, { serial, isComplete }: LinkPlace): boolean {
	return page.isFirst && (isComplete || page.serial === serial || streamFormat(page) !== "ogg-other");
}

/** Offset of the link after the one at an offset; null if there is none. */
export function findNextLink(source: ByteSource, byteOffset: number): number | null {
	let isPastHead = false;
	for (const page of validPages(source, byteOffset)) {
		if (!page.isFirst) isPastHead = true;
		else if (isPastHead) return page.offset;
	}
	return null;
}

/** Whether one of the streams that begin at an offset uses a codec. */
export function linkHas(source: ByteSource, byteOffset: number, format: OggFormat): boolean {
	for (const page of validPages(source, byteOffset)) {
		if (!page.isFirst) return false;
		if (streamFormat(page) === format) return true;
	}
	return false;
}
