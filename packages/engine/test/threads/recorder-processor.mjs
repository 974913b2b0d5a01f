// An audio worklet that captures its input into shared memory: left, then right of each block.
class RecorderProcessor extends AudioWorkletProcessor {
	#heard;
	#frames;
	#isEnding;

	/** @param {{ processorOptions: { heard: Float32Array, state: Int32Array } }} options state: frames kept, and 1 to end */
	constructor({ processorOptions: { heard, state } }) {
		super();
		this.#heard = heard;
		this.#frames = state.subarray(0, 1);
		this.#isEnding = state.subarray(1, 2);
	}

	process([[left, right] = []]) {
		const frame = this.#frames[0];
		const count = left?.length ?? 128;
		if (2 * (frame + count) <= this.#heard.length) {
			for (let index = 0; index < count; index++) {
				this.#heard[2 * (frame + index)] = left?.[index] ?? 0;
				this.#heard[2 * (frame + index) + 1] = right?.[index] ?? 0;
			}
			Atomics.store(this.#frames, 0, frame + count);
		}
		return Atomics.load(this.#isEnding, 0) === 0;
	}
}

registerProcessor("recorder", RecorderProcessor);
