/** A table in a box: a count, then entries of equal length. The count is limited to the bytes present. */
export class EntryTable {
	readonly view: DataView;
	/** Entries actually present. */
	readonly count: number;
	readonly #start: number;
	readonly #entryBytes: number;

	/** @param countOffset - offset of the count in the view; the entries follow */
	constructor(view: DataView, countOffset: number, entryBytes: number) {
		this.view = view;
		this.#start = countOffset + 4;
		this.#entryBytes = entryBytes;
		const available = Math.max(0, Math.floor((view.byteLength - this.#start) / entryBytes));
		this.count = view.byteLength < this.#start ? 0 : Math.min(view.getUint32(countOffset), available);
	}

	/** Offset of an entry in the view. */
	offsetOf(entry: number): number {
		return this.#start + entry * this.#entryBytes;
	}

	/** An entry's 32-bit word. */
	word(entry: number, index: number): number {
		return this.view.getUint32(this.offsetOf(entry) + 4 * index);
	}
}
