// Measures the delay of messages to the main thread, sent once per millisecond from another thread.

const PULSE = `
	const nap = new Int32Array(new SharedArrayBuffer(4));
	for (;;) {
		postMessage(performance.timeOrigin + performance.now());
		Atomics.wait(nap, 0, 0, 1);
	}
`;

/** Measures until `end`, which returns the longest delay in milliseconds since the last call of `take`. */
export class HoldWatch {
	#longestMs = 0;
	#worker = new Worker(URL.createObjectURL(new Blob([PULSE], { type: "text/javascript" })));

	constructor() {
		this.#worker.addEventListener("message", ({ data }) => {
			this.#longestMs = Math.max(this.#longestMs, performance.timeOrigin + performance.now() - data);
		});
	}

	/** @returns {number} the longest delay since the last call, in milliseconds. */
	take() {
		const longestMs = this.#longestMs;
		this.#longestMs = 0;
		return longestMs;
	}

	end() {
		this.#worker.terminate();
	}
}
