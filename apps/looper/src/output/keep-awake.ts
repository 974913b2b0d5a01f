/** A lock that keeps the screen on; the platform may release it at any time. */
export interface ScreenLock {
	readonly released: boolean;
	release(): Promise<void>;
}

/** What is needed of the page. */
export interface ScreenPlatform {
	/** Rejects when the platform refuses, as on a low battery or in a hidden page. */
	requestLock(): Promise<ScreenLock>;
}

/** Keeps the screen on while something sounds, as far as the platform lets it. */
export class KeepAwake {
	readonly #platform: ScreenPlatform;
	#isWanted = false;
	#lock: ScreenLock | null = null;
	#isBusy = false;

	constructor(platform: ScreenPlatform) {
		this.#platform = platform;
	}

	/** Wants the screen on, or no longer. */
	async want(isWanted: boolean): Promise<void> {
		this.#isWanted = isWanted;
		await this.#settle();
	}

	/** Takes the lock again, which the platform releases while the page is hidden. Call it when the page is visible. */
	async comeBack(): Promise<void> {
		await this.#settle();
	}

	/** One request at a time; a wish that changes meanwhile is met behind it. */
	async #settle(): Promise<void> {
		if (this.#isBusy) return;
		this.#isBusy = true;
		try {
			while (this.#isWanted !== this.#isHeld) {
				if (this.#isWanted) this.#lock = await this.#platform.requestLock();
				else await this.#lock?.release();
			}
		} catch {
			// Refused: the screen may go dark, as without the instrument. The next sound asks again.
		} finally {
			this.#isBusy = false;
		}
	}

	get #isHeld(): boolean {
		return this.#lock !== null && !this.#lock.released;
	}
}
