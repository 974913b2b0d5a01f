/** A recording whose end is followed by its start. Thread: analysis. */
export class LoopSignal {
	readonly #samples: Float32Array;
	readonly #channels: number;
	readonly #sampleRate: number;
	/** The energy of all frames before each. */
	readonly #energies: Float64Array;
	readonly frames: number;

	/** @param samples - interleaved */
	constructor(samples: Float32Array, channels: number, sampleRate: number) {
		this.#samples = samples;
		this.#channels = channels;
		this.#sampleRate = sampleRate;
		this.frames = samples.length / channels;
		this.#energies = new Float64Array(this.frames + 1);
		for (let frame = 0; frame < this.frames; frame++)
			this.#energies[frame + 1] = this.#energies[frame]! + this.product(frame, frame);
	}

	/** A whole number of frames. */
	framesOf(seconds: number): number {
		return Math.round(seconds * this.#sampleRate);
	}

	/** The sum of the energy of all channels, of frames that may lie in any round. */
	energy(from: number, to: number): number {
		return this.#energyBefore(to) - this.#energyBefore(from);
	}

	/** The product of two frames, summed over channels. */
	product(one: number, other: number): number {
		const first = this.#placeOf(one);
		const second = this.#placeOf(other);
		let sum = 0;
		for (let channel = 0; channel < this.#channels; channel++)
			sum += this.#samples[first + channel]! * this.#samples[second + channel]!;
		return sum;
	}

	/** One channel. @param peak - the highest absolute sample, which becomes 1 */
	mono(peak: number): Float32Array {
		const mono = new Float32Array(this.frames);
		const scale = peak > 0 ? 1 / (peak * this.#channels) : 0;
		for (let at = 0; at < this.#samples.length; at++)
			mono[Math.floor(at / this.#channels)]! += scale * this.#samples[at]!;
		return mono;
	}

	#placeOf(frame: number): number {
		const round = Math.floor(frame / this.frames);
		return (frame - round * this.frames) * this.#channels;
	}

	#energyBefore(frame: number): number {
		const round = Math.floor(frame / this.frames);
		return round * this.#energies[this.frames]! + this.#energies[frame - round * this.frames]!;
	}
}
