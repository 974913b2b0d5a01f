// Sends the context's frame at which it begins, then its input in pieces; its output is silent.
const PIECE_FRAMES = 1024;

class RecorderProcessor extends AudioWorkletProcessor {
	#piece = new Float32Array(2 * PIECE_FRAMES);
	#frames = 0;
	#hasBegun = false;

	process([input], [output]) {
		if (!this.#hasBegun) this.port.postMessage(currentFrame);
		this.#hasBegun = true;
		const [left, right = left] = input;
		const frames = output[0].length;
		if (left !== undefined) {
			this.#piece.set(left, this.#frames);
			this.#piece.set(right, PIECE_FRAMES + this.#frames);
		}
		this.#frames += frames;
		if (this.#frames === PIECE_FRAMES) {
			this.port.postMessage(this.#piece, [this.#piece.buffer]);
			this.#piece = new Float32Array(2 * PIECE_FRAMES);
			this.#frames = 0;
		}
		return true;
	}
}

registerProcessor("recorder", RecorderProcessor);
