/** Values by name; those that were asked for least recently are forgotten. */
export class Recent<Value> {
	readonly #values: Map<string, Value> = new Map();
	readonly #most: number;

	/** @param most - values that are kept */
	constructor(most: number) {
		this.#most = most;
	}

	/** @returns undefined where there is none. */
	get(name: string): Value | undefined {
		const value = this.#values.get(name);
		if (value !== undefined) this.set(name, value);
		return value;
	}

	set(name: string, value: Value): void {
		this.#values.delete(name);
		this.#values.set(name, value);
		for (const oldest of this.#values.keys()) {
			if (this.#values.size <= this.#most) break;
			this.#values.delete(oldest);
		}
	}
}
