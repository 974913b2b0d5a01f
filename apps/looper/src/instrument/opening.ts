import { isLoadLive, type PadState } from "./pad-state.ts";

/** Nothing waits longer than this for loads that take their time. */
const mostMilliseconds = 10_000;

/** What an opening needs of the instrument and of the page. */
interface OpeningParts {
	readonly states: readonly PadState[];
	readonly changes: { add(listener: () => void): () => void };
}

/** The time until what the instrument opened with can be played. What is not needed for that waits until it is over. */
export class Opening {
	/** Resolves when it is over. */
	readonly over: Promise<void>;
	#end: () => void = () => {};
	#isOver = false;

	constructor() {
		this.over = new Promise((resolve) => {
			this.#end = resolve;
		});
	}

	get isOver(): boolean {
		return this.#isOver;
	}

	/**
	 * Ends when none of the pads' loads is in flight. Call it when all of them have been requested.
	 *
	 * @param after - calls an action after so many milliseconds
	 */
	endWith(pads: OpeningParts, after: (milliseconds: number, action: () => void) => void): void {
		const end = (): void => {
			this.#isOver = true;
			stop();
			this.#end();
		};
		const look = (): void => {
			if (!this.#isOver && !pads.states.some(isLoadLive)) end();
		};
		const stop = pads.changes.add(look);
		after(mostMilliseconds, end);
		look();
	}
}
