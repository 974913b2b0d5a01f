/** Listeners to one kind of change. */
export class Listeners<Value> {
	readonly #listeners = new Set<(value: Value) => void>();

	/** Calls `listener` on every change. @returns a function that removes it */
	add(listener: (value: Value) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	notify(value: Value): void {
		for (const listener of this.#listeners) listener(value);
	}
}
