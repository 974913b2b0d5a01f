let gestureCount = 0;

/** A name for a drag, a turn of a wheel or another run of edits that the history undoes as one. */
export function newEditGesture(): string {
	gestureCount += 1;
	return `edit ${gestureCount}`;
}
