import type { OggPage } from "../ogg/ogg-pages.ts";
import { type PagePlace, placePage } from "../vorbis/page-timing.ts";
import type { OpusSpan } from "./opus-output.ts";
import { LONGEST_PACKET_FRAMES, type OpusPacket } from "./opus-packet.ts";

/** The packets of a page, placed in time, and the stream position after them. */
export interface PlacedPackets extends Pick<OpusSpan, "packets" | "silence" | "start" | "end"> {
	/** In granules; null before the first packet. */
	readonly granule: number | null;
}

/**
 * Places the packets of a page by its granule. A packet without a declared length fills the gap, unless whole pages are
 * missing. A first page whose granule is smaller than the length of its packets is invalid: only the pre-skip defines what
 * is cut at the start, so the page is played whole.
 *
 * Source: RFC 7845, sections 4.3 and 4.4.
 *
 * @param place - the stream position; `hasLoss` if pages before this one are lost
 */
export function placePackets(
	page: Pick<OggPage, "granule" | "isLast">,
	packets: readonly OpusPacket[],
	place: PagePlace,
): PlacedPackets {
	const unknownIndex = packets.findIndex((packet) => packet.frames === 0);
	const isUnknownHere = unknownIndex >= 0 && !place.hasLoss;
	const frames = packets.reduce((sum, packet) => sum + packet.frames, 0);
	const granule = page.granule < 0 ? (place.granule ?? 0) + frames : page.granule;
	const hasLoss = place.hasLoss || unknownIndex >= 0;
	const isWholeLead = place.granule === null && !hasLoss && !page.isLast;
	const span = isWholeLead
		? { silence: 0, start: 0, end: frames }
		: placePage({ granule, isLast: page.isLast, frames }, { ...place, hasLoss });
	const isHeard = page.granule >= 0 || frames > 0;
	const placed = { ...span, packets, granule: isHeard ? Math.max(granule, place.granule ?? 0) : place.granule };
	if (!isUnknownHere) return placed;
	const unknownFrames = Math.min(span.silence, LONGEST_PACKET_FRAMES);
	return {
		...placed,
		packets: packets.with(unknownIndex, { ...packets[unknownIndex]!, frames: unknownFrames }),
		silence: span.silence - unknownFrames,
		end: span.end + unknownFrames,
	};
}
