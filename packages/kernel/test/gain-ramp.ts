/** A gain on its way, one frame at a time. */
export class GainRamp {
	readonly #frames: number;
	#from = 1;
	#to = 1;
	#frame: number;

	/** @param frames - that a move takes */
	constructor(frames: number) {
		this.#frames = frames;
		this.#frame = frames;
	}

	/** The gain of the next frame, in f64. */
	get value(): number {
		const isThere = this.#frame === this.#frames;
		return isThere ? this.#to : this.#from + (this.#to - this.#from) * (this.#frame / this.#frames);
	}

	/** Whether it stands still at exactly 1. */
	get isFlat(): boolean {
		return this.#frame === this.#frames && this.#to === 1;
	}

	/** Whether it stands still at exactly 0. */
	get isSilent(): boolean {
		return this.#frame === this.#frames && this.#to === 0;
	}

	set(decibels: number, isMoving: boolean): void {
		this.#from = this.value;
		this.#to = decibels <= -200 ? 0 : Math.fround(10 ** (decibels / 20));
		this.#frame = isMoving ? 0 : this.#frames;
	}

	advance(): void {
		this.#frame = Math.min(this.#frame + 1, this.#frames);
	}

	/** Arrives at once. */
	finish(): void {
		this.#frame = this.#frames;
	}
}
