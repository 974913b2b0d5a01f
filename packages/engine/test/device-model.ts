/** The parameters of a modelled device. */
export interface DeviceModelOptions {
	readonly sampleRate: number;
	/** Frames per callback. */
	readonly bufferFrames: number;
	/** Callbacks that the device buffers. */
	readonly buffers: number;
	/** Clock drift in parts per million. */
	readonly partsPerMillion?: number;
}

/**
 * A device that plays from a queue and requests the next buffer once there is room, simulated event by event, so that
 * its lost frames are known exactly.
 */
export class DeviceModel {
	/** Frames requested so far. */
	renderedFrames = 0;
	/** Frames of silence played because the queue was empty. */
	lostFrames = 0;
	readonly #framesPerMs: number;
	readonly #bufferFrames: number;
	readonly #capacity: number;
	#queued = 0;
	#milliseconds = 0;
	#stalledUntil = 0;

	constructor({ sampleRate, bufferFrames, buffers, partsPerMillion = 0 }: DeviceModelOptions) {
		this.#framesPerMs = (sampleRate / 1000) * (1 + partsPerMillion / 1e6);
		this.#bufferFrames = bufferFrames;
		this.#capacity = buffers * bufferFrames;
	}

	/** Frames it can play while nothing is rendered. */
	get capacity(): number {
		return this.#capacity;
	}

	/** Stops rendering for a duration from now on. */
	stall(milliseconds: number): void {
		this.#stalledUntil = this.#milliseconds + milliseconds;
	}

	advance(milliseconds: number): void {
		const end = this.#milliseconds + milliseconds;
		while (this.#milliseconds < end) {
			const isStalled = this.#milliseconds < this.#stalledUntil;
			if (!isStalled && this.#queued <= this.#capacity - this.#bufferFrames) this.#fillBuffer();
			else this.#play(isStalled ? Math.min(end, this.#stalledUntil) : Math.min(end, this.#nextRequest()));
		}
	}

	#fillBuffer(): void {
		this.#queued += this.#bufferFrames;
		this.renderedFrames += this.#bufferFrames;
	}

	/** The time at which a buffer fits, advanced enough that rounding cannot stall the simulation. */
	#nextRequest(): number {
		const frames = this.#queued - (this.#capacity - this.#bufferFrames);
		return this.#milliseconds + Math.max(frames / this.#framesPerMs, 1e-6);
	}

	#play(until: number): void {
		const frames = (until - this.#milliseconds) * this.#framesPerMs;
		this.lostFrames += Math.max(0, frames - this.#queued);
		this.#queued = Math.max(0, this.#queued - frames);
		this.#milliseconds = until;
	}
}
