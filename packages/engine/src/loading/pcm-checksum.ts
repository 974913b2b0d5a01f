/**
 * The checksum of one sample's PCM: two weighted sums of its bits, modulo 2^32.
 *
 * It tells whether two decodings gave the same frames; whoever wants to can make frames that share it.
 *
 * Thread: loader.
 */
export class PcmChecksum {
	#samples = 0;
	#low = 0;
	#high = 0;

	/** Samples summed so far. */
	get samples(): number {
		return this.#samples;
	}

	/** Goes on by a piece. @param low - its sums, by the index of each sample within the whole */
	add(samples: number, low: number, high: number): void {
		this.#samples += samples;
		this.#low = (this.#low + low) | 0;
		this.#high = (this.#high + high) | 0;
	}

	/** @returns 16 hexadecimal digits. */
	digest(): string {
		return hexadecimalWord(this.#high) + hexadecimalWord(this.#low);
	}
}

function hexadecimalWord(word: number): string {
	return (word >>> 0).toString(16).padStart(8, "0");
}
