/** A thread's clock, and what it does later. */
export interface Scheduler {
	/** Milliseconds of a clock that never steps back. */
	readonly now: () => number;
	/** Calls back once after the given milliseconds. @returns what cancels it. */
	readonly after: (milliseconds: number, callback: () => void) => () => void;
	/** Calls back once when this thread has nothing else to do, or soon anyway. @returns what cancels it. */
	readonly whenIdle: (callback: () => void) => () => void;
}
