/** Samples that one span holds: the longest chunk, and 512 KiB, which stay in a core's own cache until they are resampled. */
const SPAN_SAMPLES = 2 ** 17;

/** A bounded stretch of decoded audio that waits to be resampled. Thread: loader. */
export class SampleSpan {
	readonly #channels: number;
	#samples: Float32Array = new Float32Array(2 ** 16);
	#length = 0;

	constructor(channels: number) {
		this.#channels = channels;
	}

	/** True unless appending would pass the bound; an empty span takes anything. */
	hasRoomFor(samples: Float32Array): boolean {
		return this.#length === 0 || this.#length + samples.length <= SPAN_SAMPLES;
	}

	append(samples: Float32Array): void {
		const length = this.#length + samples.length;
		if (length > this.#samples.length) {
			const longer = new Float32Array(Math.max(length, Math.min(2 * this.#samples.length, SPAN_SAMPLES)));
			longer.set(this.#samples.subarray(0, this.#length));
			this.#samples = longer;
		}
		this.#samples.set(samples, this.#length);
		this.#length = length;
	}

	/** Gives everything out in order, in pieces of at most so many frames, and is empty afterwards. */
	*takePieces(frames: number): Generator<Float32Array, void, undefined> {
		const length = this.#length;
		const step = frames * this.#channels;
		for (let start = 0; start < length; start += step) {
			yield this.#samples.subarray(start, Math.min(start + step, length));
		}
		this.#length = 0;
	}
}
