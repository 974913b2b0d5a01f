/**
 * Calls `save` whenever the page is hidden or left: nothing may be called after that.
 *
 * @returns a function that removes the listeners
 */
export function saveOnLeaving(save: () => void): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	const saveHidden = (): void => {
		if (document.hidden) save();
	};
	window.addEventListener("pagehide", save, { signal });
	document.addEventListener("visibilitychange", saveHidden, { signal });
	return () => ending.abort();
}
