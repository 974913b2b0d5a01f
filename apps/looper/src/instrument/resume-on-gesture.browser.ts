/** Events that browsers accept as a user gesture; a touch counts only when the finger lifts. */
const gestureEvents = ["pointerdown", "pointerup", "keydown"] as const;

/**
 * Calls `resume` in every user gesture, before anything else on the page handles it.
 *
 * @returns a function that removes the listeners
 */
export function resumeOnGesture(resume: () => void): () => void {
	for (const type of gestureEvents) window.addEventListener(type, resume, true);
	return () => {
		for (const type of gestureEvents) window.removeEventListener(type, resume, true);
	};
}
