/** The stream position before a page. */
export interface PagePlace {
	/** Frames of the stream before the page, from the previous granule; null for the first page of audio. */
	readonly granule: number | null;
	/** Packets are missing or damaged in or before the page. */
	readonly hasLoss: boolean;
	/** The encoder's padding at both ends is removed. */
	readonly isTrimmed: boolean;
}

/** The declared and decoded content of a page. */
export interface PageContent {
	/** Frames of the stream up to the end of the page, from its granule. */
	readonly granule: number;
	readonly isLast: boolean;
	/** Frames its packets decode to. */
	readonly frames: number;
}

/** The played part of a page. */
export interface PageSpan {
	/** Frames of silence before it. */
	readonly silence: number;
	readonly start: number;
	readonly end: number;
}

/**
 * Determines the played part of a page from its end. Surplus frames are padding, at the end of the last page and at the
 * start of the first, or overlap with a loss; missing frames are the loss.
 *
 * Source: Xiph.Org, "Vorbis I specification" (2020), section A.2.
 */
export function placePage(page: PageContent, place: PagePlace): PageSpan {
	const { frames } = page;
	const whole = { silence: 0, start: 0, end: frames };
	// A stream may begin late; only if its first pages are known to be lost was that time not silent.
	const granule = place.granule ?? (place.hasLoss ? 0 : Math.max(0, page.granule - frames));
	const surplus = granule + frames - page.granule;
	if (surplus <= 0) return { ...whole, silence: place.hasLoss ? -surplus : 0 };
	const kept = Math.max(0, frames - surplus);
	if (page.isLast) return place.isTrimmed ? { ...whole, end: kept } : whole;
	const isLead = place.granule === null && place.isTrimmed;
	return isLead || place.hasLoss ? { ...whole, start: frames - kept } : whole;
}
