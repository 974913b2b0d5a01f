/** A press of a pointer. */
export interface PointerPress {
	/** On the page's clock. */
	readonly timeStamp: number;
	/** Place in the window, in CSS pixels. */
	readonly clientX: number;
	readonly clientY: number;
}

/** The time within which systems take two presses for a double click. */
const doubleClickMilliseconds = 500;
/** How far apart the two may be: fingers miss by more than mice. */
const slop = 24;

/** Finds the press whose first half was meant for what lay under the panel. */
export class DoublePress {
	#first: (PointerPress & { readonly isInside: boolean }) | null = null;

	/** Takes a press. @param isInside - whether it is on the panel; @returns whether the panel should ignore it */
	take({ timeStamp, clientX, clientY }: PointerPress, isInside: boolean): boolean {
		const first = this.#first;
		this.#first = { timeStamp, clientX, clientY, isInside };
		if (first === null || first.isInside || !isInside) return false;
		const isNear = Math.hypot(clientX - first.clientX, clientY - first.clientY) <= slop;
		return isNear && timeStamp - first.timeStamp <= doubleClickMilliseconds;
	}
}
