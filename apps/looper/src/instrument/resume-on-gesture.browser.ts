/** Events that browsers take for a gesture; touch counts only when the finger leaves. */
const gestureEvents = ["pointerdown", "pointerup", "keydown"] as const;

/**
 * Calls `resume` in every gesture of the performer, before anything else on the page handles it.
 *
 * @returns ends it
 */
export function resumeOnGesture(resume: () => void): () => void {
	for (const type of gestureEvents) window.addEventListener(type, resume, true);
	return () => {
		for (const type of gestureEvents) window.removeEventListener(type, resume, true);
	};
}
