/** How long the page must have been there. */
const delayMs = 1_000;

/**
 * Loads what is not needed at first sight once the page is idle, one after the other, so that it is there when the
 * connection is not.
 *
 * @param first - resolves when what goes first is there: the performer's samples
 * @param loads - none of them may reject
 * @returns a function that ends it
 */
export function preloadWhenIdle(first: Promise<unknown>, loads: readonly (() => Promise<unknown>)[]): () => void {
	let isOver = false;
	const run = async (): Promise<void> => {
		await first;
		for (const load of loads) {
			if (isOver) return;
			await idle();
			await load();
		}
	};
	const timer = setTimeout(() => void run(), delayMs);
	return () => {
		isOver = true;
		clearTimeout(timer);
	};
}

/** Safari has no idle callbacks. */
function idle(): Promise<unknown> {
	return new Promise((resolve) => {
		if (typeof requestIdleCallback === "function") requestIdleCallback(resolve, { timeout: 5_000 });
		else setTimeout(resolve);
	});
}
