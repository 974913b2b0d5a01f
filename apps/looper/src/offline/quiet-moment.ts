/** Runs what would disturb a performance when nothing is performed. */
export class QuietMoment {
	readonly #isBusy: () => boolean;
	#action: (() => void) | null = null;

	/** @param isBusy - whether something sounds or is recorded */
	constructor(isBusy: () => boolean) {
		this.#isBusy = isBusy;
	}

	/** Whether it would have to wait now. */
	get mustWait(): boolean {
		return this.#isBusy();
	}

	/** Runs the action in the next quiet moment, which may be now; it takes the place of one that waits. */
	run(action: () => void): void {
		this.#action = action;
		this.look();
	}

	/** Looks whether the moment has come. Call it often. */
	look(): void {
		if (this.#action === null || this.#isBusy()) return;
		const action = this.#action;
		this.#action = null;
		action();
	}
}
