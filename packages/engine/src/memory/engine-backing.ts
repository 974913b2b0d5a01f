/** What stands behind the engine memory as the control thread sees it. */
export interface EngineBacking {
	/** What threads share, up to SHARED_END: the memory itself, or a mirror of it. */
	readonly buffer: ArrayBuffer | SharedArrayBuffer;
	/** Pages that the memory may grow to. */
	readonly maximumPages: number;
	/** Bytes that the memory has now. */
	readonly byteLength: number;
	/** Bytes that it will have when every pending growth is granted. */
	readonly askedByteLength: number;
	/**
	 * Asks for that many more pages.
	 *
	 * @param neededPages - what suffices if that is too much
	 * @returns false when the platform refuses; true when it grants them, or when the answer is pending until `settled`.
	 */
	grow(pages: number, neededPages: number): boolean;
	/** Settles when no growth is pending; null when none is. */
	readonly settled: Promise<void> | null;
	/** Called after the header has changed. */
	headerChanged(): void;
	/** Writes into the heap; a command sent afterwards finds the words there. */
	write(address: number, words: Int32Array<ArrayBuffer>): void;
}
