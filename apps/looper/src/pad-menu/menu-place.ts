/** A width and a height, in CSS pixels. */
export interface Extent {
	readonly width: number;
	readonly height: number;
}

/** A rectangle in the window, in CSS pixels. */
export interface Anchor extends Extent {
	readonly left: number;
	readonly top: number;
}

const margin = 8;

/** Where a menu opens: below the top right corner of its anchor, moved only as far as needed to fit the window. */
export function placeBeside(
	anchor: Anchor,
	menu: Extent,
	view: Extent,
): { readonly left: number; readonly top: number } {
	const left = anchor.left + anchor.width - menu.width;
	const top = anchor.top + 36;
	return {
		left: Math.max(margin, Math.min(left, view.width - menu.width - margin)),
		top: Math.max(margin, Math.min(top, view.height - menu.height - margin)),
	};
}
