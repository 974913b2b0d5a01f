/** Characters of a value that a problem repeats. */
const shownLength = 40;

/**
 * A value of a set's file that has yet to be checked, and the path that leads to it.
 *
 * What is wrong is added to the list of problems, with its path; reading goes on without it.
 */
export class SetField {
	readonly #path: string;
	readonly #value: unknown;
	readonly #problems: string[];

	constructor(path: string, value: unknown, problems: string[]) {
		this.#path = path;
		this.#value = value;
		this.#problems = problems;
	}

	/** False when the field is not there. */
	get isPresent(): boolean {
		return this.#value !== undefined;
	}

	/** The field of that name, absent where this is no object. */
	field(name: string): SetField {
		const path = this.#path === "" ? name : `${this.#path}.${name}`;
		const isObject = typeof this.#value === "object" && this.#value !== null;
		const entry = isObject ? Object.getOwnPropertyDescriptor(this.#value, name) : undefined;
		return new SetField(path, entry?.value, this.#problems);
	}

	/** Whether it is an object; otherwise a problem. */
	checkObject(): boolean {
		const isObject = typeof this.#value === "object" && this.#value !== null && !Array.isArray(this.#value);
		if (!isObject) this.refuse("an object");
		return isObject;
	}

	/** Items of a list; those beyond the `most` that there may be are a problem and left out. */
	list(most: number): readonly SetField[] {
		const value = this.#value;
		const isShort = Array.isArray(value) && value.length <= most;
		if (!isShort) this.refuse(`a list of at most ${most}`);
		if (!Array.isArray(value)) return [];
		const items: readonly unknown[] = value.slice(0, most);
		return items.map((item, index) => new SetField(`${this.#path}[${index}]`, item, this.#problems));
	}

	/** Whether it is accepted; no problem if not. */
	accepts(accepts: (value: unknown) => boolean): boolean {
		return accepts(this.#value);
	}

	/** The value if it is accepted, otherwise null and a problem. @param wanted - what is accepted, in words */
	read<Value>(accepts: (value: unknown) => value is Value, wanted: string): Value | null {
		const value = this.#value;
		if (accepts(value)) return value;
		this.refuse(wanted);
		return null;
	}

	/** @param from, to - bounds of the whole number */
	integer(from: number, to: number): number | null {
		const accepts = (value: unknown): value is number =>
			typeof value === "number" && Number.isSafeInteger(value) && value >= from && value <= to;
		return this.read(accepts, `a whole number from ${from} to ${to}`);
	}

	text(mostCharacters: number): string | null {
		const accepts = (value: unknown): value is string => typeof value === "string" && value.length <= mostCharacters;
		return this.read(accepts, `a text of at most ${mostCharacters} characters`);
	}

	matching(pattern: RegExp, wanted: string): string | null {
		const accepts = (value: unknown): value is string => typeof value === "string" && pattern.test(value);
		return this.read(accepts, wanted);
	}

	/** Adds a problem. @param wanted - what the value must be, in words */
	refuse(wanted: string): void {
		const subject = this.#path === "" ? "The file" : this.#path;
		this.#problems.push(
			`${subject} must be ${wanted}, ${this.isPresent ? `not ${show(this.#value)}` : "but is missing"}.`,
		);
	}
}

function show(value: unknown): string {
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (typeof value === "object" && value !== null) return "an object";
	const shown = typeof value === "string" ? `"${value}"` : String(value);
	return shown.length > shownLength ? `${shown.slice(0, shownLength)}…` : shown;
}
