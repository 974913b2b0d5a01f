/**
 * Checks that a producer's handles are retired in load order: load n has the handle
 * `first + n % count`, so that a lost, duplicated or reordered command breaks the sequence.
 */
export class HandleSequence {
	readonly first: number;
	readonly count: number;
	/** Read by the producer. Word 0: the target number of loads; word 1: loads retired so far. */
	readonly tally: Int32Array = new Int32Array(new SharedArrayBuffer(8));
	#retired = 0;
	#milestone = 0;
	#reachMilestone: () => void = () => {};

	constructor(first: number, count: number, loads: number) {
		this.first = first;
		this.count = count;
		this.setTarget(loads);
	}

	get retired(): number {
		return this.#retired;
	}

	/** The next handle to be retired. */
	get next(): number {
		return this.first + (this.#retired % this.count);
	}

	setTarget(loads: number): void {
		Atomics.store(this.tally, 0, loads);
	}

	/** @returns false if the handle belongs to another producer. @throws Error if the sequence is broken. */
	accept(handle: number): boolean {
		if (handle < this.first || handle >= this.first + this.count) return false;
		if (handle !== this.next) {
			throw new Error(`Load ${this.#retired} has handle ${this.next}, but ${handle} was retired.`);
		}
		this.#retired += 1;
		Atomics.store(this.tally, 1, this.#retired);
		if (this.#retired === this.#milestone) this.#reachMilestone();
		return true;
	}

	/** Lets the producer reuse the handles accepted so far. */
	notify(): void {
		Atomics.notify(this.tally, 1);
	}

	/** Settles when this many more handles have been retired. */
	more(handles: number): Promise<void> {
		this.#milestone = this.#retired + handles;
		if (handles === 0) return Promise.resolve();
		return new Promise((resolve) => {
			this.#reachMilestone = resolve;
		});
	}
}
