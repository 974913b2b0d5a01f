/** What of a context tells how late it sounds. */
export interface LatencySource {
	/** Seconds that it has been playing; stands still while it is suspended. */
	readonly currentTime: number;
	readonly state: string;
	readonly baseLatency?: number;
	readonly outputLatency?: number;
}

/** Seconds of sound after which a device that has just begun to play is steady. */
const SETTLED_SECONDS = 1;
/** Seconds of sound between two looks. */
const INTERVAL_SECONDS = 5;

/**
 * Looks seldom at a context's `outputLatency`, and never while its device begins or ends to play: Firefox waits on the
 * page's thread for its audio process to answer, and that answer may then never come.
 *
 * Thread: control.
 */
export class LatencyReader {
	readonly #context: LatencySource;
	#nextLookSeconds: number;
	#outputSeconds = 0;

	constructor(context: LatencySource) {
		this.#context = context;
		this.#nextLookSeconds = context.currentTime + SETTLED_SECONDS;
	}

	/** Hears that the context's state has changed. */
	onStateChange(): void {
		this.#nextLookSeconds = this.#context.currentTime + SETTLED_SECONDS;
	}

	/** @returns seconds from the block to the listener; before the first look, what the context itself adds. */
	get seconds(): number {
		const { currentTime, state, baseLatency = 0 } = this.#context;
		if (state === "running" && currentTime >= this.#nextLookSeconds) {
			this.#nextLookSeconds = currentTime + INTERVAL_SECONDS;
			this.#outputSeconds = this.#context.outputLatency ?? 0;
		}
		return baseLatency + this.#outputSeconds;
	}
}
