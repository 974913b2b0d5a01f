/** What is wrong in a file, and where. */
export class MappingFileError extends Error {
	override readonly name = "MappingFileError";
}

/** Characters of a value that an error message repeats. */
const shownCharacters = 60;

/** A value of a mapping file that has yet to be checked, and the path that leads to it. Every method throws MappingFileError. */
export class Field {
	readonly #path: string;
	readonly #value: unknown;

	constructor(path: string, value: unknown) {
		this.#path = path;
		this.#value = value;
	}

	/** The field of that name; a missing one fails when it is read. */
	field(name: string): Field {
		const value = this.#value;
		if (typeof value !== "object" || value === null || Array.isArray(value)) return this.refuse("it must be an object");
		const path = this.#path === "" ? name : `${this.#path}.${name}`;
		return new Field(path, Object.getOwnPropertyDescriptor(value, name)?.value);
	}

	/** Reads every item of a list. @param most - items that there may be */
	list<Item>(most: number, read: (item: Field) => Item): Item[] {
		const value = this.#value;
		if (!Array.isArray(value)) return this.refuse("it must be a list");
		if (value.length > most) return this.refuse(`it may have at most ${most} items`);
		return value.map((item: unknown, index) => read(new Field(`${this.#path}[${index}]`, item)));
	}

	/** A whole number from one bound to the other. */
	integer(from: number, to: number): number {
		const value = this.#value;
		if (typeof value === "number" && Number.isInteger(value) && value >= from && value <= to) return value;
		return this.refuse(`it must be a whole number from ${from} to ${to}`);
	}

	boolean(): boolean {
		const value = this.#value;
		return typeof value === "boolean" ? value : this.refuse("it must be true or false");
	}

	/** A text that is not empty. */
	text(mostCharacters: number): string {
		const value = this.#value;
		if (typeof value === "string" && value !== "" && value.length <= mostCharacters) return value;
		return this.refuse(`it must be a text of 1 to ${mostCharacters} characters`);
	}

	/** null, or what `read` reads. */
	nullable<Value>(read: (field: Field) => Value): Value | null {
		return this.#value === null ? null : read(this);
	}

	oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
		const found = choices.find((choice) => choice === this.#value);
		return found ?? this.refuse(`it must be one of ${choices.join(", ")}`);
	}

	/** @throws MappingFileError */
	refuse(reason: string): never {
		const value = this.#value === undefined ? "missing" : (JSON.stringify(this.#value) ?? "no JSON");
		const shown = value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value;
		throw new MappingFileError(`${this.#path === "" ? "The file" : this.#path} is ${shown}: ${reason}.`);
	}
}
