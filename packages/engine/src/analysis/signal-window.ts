/** Receives two windows of the signal. */
type TakeWindows = (signal: Float32Array, firstAt: number, secondAt: number) => void;

/** Hops gathered before windows are given out. */
const HOPS = 64;

/** Cuts a signal that comes in pieces into overlapping windows, centred on every multiple of the hop. Thread: loader. */
export class SignalWindow {
	readonly #length: number;
	readonly #hop: number;
	readonly #buffer: Float32Array;
	#filled: number;
	#taken = 0;
	#given = 0;

	constructor(length: number, hop: number) {
		this.#length = length;
		this.#hop = hop;
		this.#buffer = new Float32Array(length + HOPS * hop);
		this.#filled = length / 2;
	}

	push(samples: Float32Array, take: TakeWindows): void {
		this.#taken += samples.length;
		for (let at = 0; at < samples.length; ) {
			const count = Math.min(samples.length - at, this.#buffer.length - this.#filled);
			this.#buffer.set(samples.subarray(at, at + count), this.#filled);
			at += count;
			this.#filled += count;
			if (this.#filled === this.#buffer.length) this.#give(take);
		}
	}

	/** Gives the windows out whose centres lie in the signal, and an odd one more. */
	flush(take: TakeWindows): void {
		while (this.#given * this.#hop < this.#taken) {
			this.#buffer.fill(0, this.#filled);
			this.#filled = this.#buffer.length;
			this.#give(take);
		}
	}

	#give(take: TakeWindows): void {
		let at = 0;
		for (; at + this.#length + this.#hop <= this.#filled; at += 2 * this.#hop) {
			take(this.#buffer, at, at + this.#hop);
			this.#given += 2;
		}
		this.#buffer.copyWithin(0, at, this.#filled);
		this.#filled -= at;
	}
}
