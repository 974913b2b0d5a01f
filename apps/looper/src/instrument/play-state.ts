/** The states of a pad, in the order in which an activity numbers them. */
export const playStates = ["idle", "playing", "queued", "stopping", "paused"] as const;

/** What a pad is doing. */
export type PlayState = (typeof playStates)[number];

/** Whether a pad sounds in a state. @param state - as an activity numbers it */
export function isSounding(state: number): boolean {
	return state === 1 || state === 3;
}

/**
 * Whole beats until a line, as a performer counts down: never 0 while the line is ahead.
 *
 * @param queuedBeat - the line; NaN when nothing waits
 * @returns 0 when nothing waits
 */
export function beatsUntil(queuedBeat: number, beat: number): number {
	if (Number.isNaN(queuedBeat)) return 0;
	return Math.max(1, Math.ceil(queuedBeat - beat));
}
