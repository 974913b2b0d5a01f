import type { TakeDocument } from "./take-document.ts";

/** A take in the list. */
export interface KeptTake extends TakeDocument {
	/** The name of its file; of one in memory any other. */
	readonly id: string;
	readonly hasPerformance: boolean;
	/** Whether the page was left, or ended, while it was recorded. */
	readonly isUnfinished: boolean;
	/** Whether it is there after a reload. */
	readonly isStored: boolean;
}
