/**
 * Checks that a producer's handles are retired in the order in which it loaded them: load n has the handle
 * `first + n % count`, so that a lost, doubled or reordered command is a break.
 */
export class HandleSequence {
	readonly first: number;
	readonly count: number;
	/** What the producer reads. Word 0: how many loads it is to make; word 1: how many of them have been retired. */
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

	/** The handle that is to be retired next. */
	get next(): number {
		return this.first + (this.#retired % this.count);
	}

	setTarget(loads: number): void {
		Atomics.store(this.tally, 0, loads);
	}

	/** @returns false when the handle belongs to another producer. @throws Error at a break of the sequence. */
	accept(handle: number): boolean {
		if (handle < this.first || handle >= this.first + this.count) return false;
		if (handle !== this.next) {
			throw new Error(`load ${this.#retired} has handle ${this.next}, but ${handle} was retired`);
		}
		this.#retired += 1;
		Atomics.store(this.tally, 1, this.#retired);
		if (this.#retired === this.#milestone) this.#reachMilestone();
		return true;
	}

	/** Lets the producer use the handles accepted so far again. */
	notify(): void {
		Atomics.notify(this.tally, 1);
	}

	/** Settles when so many more handles have been retired. */
	more(handles: number): Promise<void> {
		this.#milestone = this.#retired + handles;
		if (handles === 0) return Promise.resolve();
		return new Promise((resolve) => {
			this.#reachMilestone = resolve;
		});
	}
}
