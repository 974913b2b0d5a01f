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
		if (this.#isWaiting) return;
		this.#isWaiting = true;
		this.#after(waitMilliseconds, () => void this.#run());
	}

	async #run(): Promise<void> {
		this.#isWaiting = false;
		if (this.#isSaving) return;
		this.#isSaving = true;
		try {
			// What is edited during a long save has waited long enough by its end.
			while (this.#isWanted && !this.#isWaiting) {
				this.#isWanted = false;
				await this.#save();
			}
		} finally {
			this.#isSaving = false;
		}
	}
}
