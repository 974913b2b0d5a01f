/** Calls a function after some milliseconds, as `setTimeout` does. */
export type After = (milliseconds: number, action: () => void) => void;

/** How long edits wait for others; with the writing itself it is less than half a second. */
const waitMilliseconds = 250;

/** Saves after edits, but no more often than every 250 ms, and never twice at once. */
export class Autosave {
	readonly #save: () => Promise<void>;
	readonly #after: After;
	#isWaiting = false;
	#isSaving = false;
	#isWanted = false;

	/** @param save - settles when it is done; it reports its failures itself */
	constructor(save: () => Promise<void>, after: After) {
		this.#save = save;
		this.#after = after;
	}

	/** Something was edited. */
	request(): void {
		this.#isWanted = true;
		if (this.#isWaiting || this.#isSaving) return;
		this.#isWaiting = true;
		this.#after(waitMilliseconds, () => void this.#run());
	}

	async #run(): Promise<void> {
		this.#isWaiting = false;
		this.#isWanted = false;
		this.#isSaving = true;
		try {
			await this.#save();
		} finally {
			this.#isSaving = false;
			if (this.#isWanted) this.request();
		}
	}
}
