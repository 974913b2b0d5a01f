import { type Gesture, pointerHolder } from "./gesture.ts";
import { gestureForKeyUp } from "./keyboard.ts";

/**
 * Releases pads: each when its key or pointer goes up, and all of them when the window loses the focus or is hidden,
 * because no key or pointer is reported after that.
 *
 * @returns a function that removes the listeners
 */
export function listenToReleases(perform: (gesture: Gesture) => void): () => void {
	const ending = new AbortController();
	const options = { capture: true, signal: ending.signal };
	const releaseAll = (): void => perform({ type: "release-all" });
	for (const type of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
		const release = (event: PointerEvent): void => perform({ type: "release", holder: pointerHolder(event.pointerId) });
		window.addEventListener(type, release, options);
	}
	window.addEventListener("keyup", (event) => perform(gestureForKeyUp(event)), options);
	// Not captured, or every element that loses the focus would release all pads.
	window.addEventListener("blur", releaseAll, { signal: ending.signal });
	document.addEventListener("visibilitychange", releaseAll, options);
	return () => ending.abort();
}
