import { DoublePress } from "./double-press.ts";

/** What a press of a pointer sets off. */
const pressEvents = ["pointerdown", "mousedown", "click", "dblclick"] as const;

/**
 * Holds back from a panel the second half of a double click whose first half opened it.
 *
 * @param findPanel - null until the panel is loaded, which the first half may bring about
 * @returns a function that ends it
 */
export function holdBackSecondPress(findPanel: () => Element | null): () => void {
	const presses = new DoublePress();
	let isHeldBack = false;
	const filter = (event: MouseEvent): void => {
		const panel = findPanel();
		const isInside = panel !== null && event.composedPath().includes(panel);
		if (event instanceof PointerEvent && event.type === "pointerdown") isHeldBack = presses.take(event, isInside);
		// Keys and assistive technology click without a press.
		else if (event.detail === 0) return;
		if (!(isHeldBack && isInside)) return;
		event.preventDefault();
		event.stopImmediatePropagation();
	};
	for (const type of pressEvents) window.addEventListener(type, filter, { capture: true });
	return () => {
		for (const type of pressEvents) window.removeEventListener(type, filter, { capture: true });
	};
}
