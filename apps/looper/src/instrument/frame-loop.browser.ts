const hiddenIntervalMilliseconds = 200;

/**
 * Calls `step` once per animation frame, and on a timer while the page is hidden and gets no frames.
 *
 * @returns a function that ends the loop
 */
export function startFrameLoop(step: () => void): () => void {
	let frame = 0;
	const stepFrame = (): void => {
		frame = requestAnimationFrame(stepFrame);
		step();
	};
	const timer = setInterval(() => {
		if (document.hidden) step();
	}, hiddenIntervalMilliseconds);
	frame = requestAnimationFrame(stepFrame);
	return () => {
		cancelAnimationFrame(frame);
		clearInterval(timer);
	};
}
