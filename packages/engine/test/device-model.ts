/** How a modelled device behaves. */
export interface DeviceModelOptions {
	readonly sampleRate: number;
	/** Frames of one callback. */
	readonly bufferFrames: number;
	/** Callbacks that the device keeps ahead. */
	readonly buffers: number;
	/** How far its crystal strays, in millionths. */
	readonly partsPerMillion?: number;
}

/**
 * A device that plays from a queue and asks for the next buffer as soon as there is room, computed event by event: what it
 * lost is known exactly.
 */
export class DeviceModel {
	/** Frames that it has asked for so far. */
	renderedFrames = 0;
	/** Frames of silence that it played because its queue was empty. */
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

	/** Frames that it can play while nothing is rendered. */
	get capacity(): number {
		return this.#capacity;
	}

	/** Nothing is rendered from now on for so long. */
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

	/** When there is room for a buffer, and never so soon that rounding stops the time. */
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
