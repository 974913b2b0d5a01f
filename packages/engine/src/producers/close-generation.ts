/**
 * Ends a generation of a ring.
 *
 * @param word - index of the ring's generation
 * @returns false when it had ended already, or a newer one owns the ring.
 */
export function closeGeneration(words: Int32Array, word: number, generation: number): boolean {
	return Atomics.compareExchange(words, word, generation, (generation + 1) | 0) === generation;
}
