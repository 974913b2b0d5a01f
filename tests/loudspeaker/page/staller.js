/** Stalls the audio thread for a requested number of milliseconds and replies; its output is silent. */
class Staller extends AudioWorkletProcessor {
	#stallMs = 0;

	constructor() {
		super();
		this.port.addEventListener("message", ({ data }) => {
			this.#stallMs = data;
		});
		this.port.start();
	}

	process() {
		if (this.#stallMs === 0) return true;
		const end = Date.now() + this.#stallMs;
		while (Date.now() < end);
		this.#stallMs = 0;
		this.port.postMessage("over");
		return true;
	}
}

registerProcessor("staller", Staller);
