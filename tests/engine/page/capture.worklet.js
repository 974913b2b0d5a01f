// Captures every frame of its input and posts them in pieces.
const PIECE_FRAMES = 8192;

class Capture extends AudioWorkletProcessor {
	#piece = new Float32Array(2 * PIECE_FRAMES);
	#frames = 0;

	process([[left, right] = []]) {
		if (left === undefined) return true;
		for (let frame = 0; frame < left.length; frame++) {
			this.#piece[2 * this.#frames] = left[frame];
			this.#piece[2 * this.#frames + 1] = (right ?? left)[frame];
			this.#frames++;
		}
		if (this.#frames === PIECE_FRAMES) {
			this.port.postMessage(this.#piece, [this.#piece.buffer]);
			this.#piece = new Float32Array(2 * PIECE_FRAMES);
			this.#frames = 0;
		}
		return true;
	}
}

registerProcessor("capture", Capture);
