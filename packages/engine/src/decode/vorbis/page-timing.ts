/** Where the stream stands before a page. */
export interface PagePlace {
	/** Frames of the stream before the page, by the granule of the page before; null for the first page of audio. */
	readonly granule: number | null;
	/** Packets are missing or damaged there or in the page. */
	readonly hasLoss: boolean;
	/** The encoder's padding at both ends is cut off. */
	readonly isTrimmed: boolean;
}

/** What a page says and gives. */
export interface PageContent {
	/** Frames of the stream up to its end, by its granule. */
	readonly granule: number;
	readonly isLast: boolean;
	/** Frames that its packets decode to. */
	readonly frames: number;
}

/** What is played of a page. */
export interface PageSpan {
	/** Frames of silence before it. */
	readonly silence: number;
	readonly start: number;
	readonly end: number;
}

/**
 * Finds what is played of a page from where it must end. Too many frames are padding, at the end of the last page
 * and at the start of the first, or sound that overlaps with a loss; too few are the loss.
 *
 * Source: Xiph.Org, "Vorbis I specification" (2020), section A.2.
 */
export function placePage(page: PageContent, place: PagePlace): PageSpan {
	const { frames } = page;
	const whole = { silence: 0, start: 0, end: frames };
	// A stream may begin late; only where its first pages are known to be lost that time was not silent.
	const granule = place.granule ?? (place.hasLoss ? 0 : Math.max(0, page.granule - frames));
	const surplus = granule + frames - page.granule;
	if (surplus <= 0) return { ...whole, silence: place.hasLoss ? -surplus : 0 };
	const kept = Math.max(0, frames - surplus);
	if (page.isLast) return place.isTrimmed ? { ...whole, end: kept } : whole;
	const isLead = place.granule === null && place.isTrimmed;
	return isLead || place.hasLoss ? { ...whole, start: frames - kept } : whole;
}
