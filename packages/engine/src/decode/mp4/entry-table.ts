/** A table of a box: a count, then entries of equal length. A count beyond the bytes that there are is not believed. */
export class EntryTable {
	readonly view: DataView;
	/** Entries that are really there. */
	readonly count: number;
	readonly #start: number;
	readonly #entryBytes: number;

	/** @param countOffset - where the count stands in the view; the entries follow */
	constructor(view: DataView, countOffset: number, entryBytes: number) {
		this.view = view;
		this.#start = countOffset + 4;
		this.#entryBytes = entryBytes;
		const available = Math.max(0, Math.floor((view.byteLength - this.#start) / entryBytes));
		this.count = view.byteLength < this.#start ? 0 : Math.min(view.getUint32(countOffset), available);
	}

	/** Where an entry stands in the view. */
	offsetOf(entry: number): number {
		return this.#start + entry * this.#entryBytes;
	}

	/** An entry's 32-bit word. */
	word(entry: number, index: number): number {
		return this.view.getUint32(this.offsetOf(entry) + 4 * index);
	}
}
