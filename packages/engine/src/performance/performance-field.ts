import { show } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";

/** Characters of a value that an error message repeats. */
const SHOWN_LENGTH = 60;

/**
 * A value of a performance file that has yet to be checked, and the path that leads to it.
 *
 * Every method throws LooperError `malformed-performance`, naming path, value and range.
 */
export class PerformanceField {
	readonly #path: string;
	readonly #value: unknown;

	constructor(path: string, value: unknown) {
		this.#path = path;
		this.#value = value;
	}

	/** The field of that name; a missing one fails when it is read. */
	field(name: string): PerformanceField {
		const path = this.#path === "" ? name : `${this.#path}.${name}`;
		const value = this.#value;
		if (typeof value !== "object" || value === null || Array.isArray(value)) return this.refuse("an object");
		const entry = Object.getOwnPropertyDescriptor(value, name);
		return new PerformanceField(path, entry?.value);
	}

	/** False when the field is not there. */
	get isPresent(): boolean {
		return this.#value !== undefined;
	}

	/** True when the field is null. */
	get isNull(): boolean {
		return this.#value === null;
	}

	/** Reads every item of a list. @param most - items that there may be */
	list<T>(most: number, read: (item: PerformanceField) => T): T[] {
		const value = this.#value;
		if (!Array.isArray(value) || value.length > most) return this.refuse(`a list of at most ${most}`);
		return value.map((item: unknown, index) => read(new PerformanceField(`${this.#path}[${index}]`, item)));
	}

	/** A whole number from one bound to the other. */
	integer(from: number, to: number): number {
		const value = this.#value;
		if (typeof value === "number" && Number.isSafeInteger(value) && value >= from && value <= to) return value;
		return this.refuse(
			to < from ? "absent: there is nothing that it could name" : `a whole number from ${from} to ${to}`,
		);
	}

	/** A finite number from one bound to the other. */
	number(from: number, to: number): number {
		const value = this.#value;
		if (typeof value === "number" && Number.isFinite(value) && value >= from && value <= to) return value;
		return this.refuse(`a number from ${from} to ${to}`);
	}

	boolean(): boolean {
		const value = this.#value;
		return typeof value === "boolean" ? value : this.refuse("true or false");
	}

	text(mostCharacters: number): string {
		const value = this.#value;
		if (typeof value === "string" && value.length <= mostCharacters) return value;
		return this.refuse(`a text of at most ${mostCharacters} characters`);
	}

	/** Hexadecimal digits in lower case. @param isFit - judges how many there are; @param wanted - says it in words */
	digits(isFit: (count: number) => boolean, wanted: string): string {
		const value = this.#value;
		if (typeof value === "string" && isFit(value.length) && /^[0-9a-f]*$/.test(value)) return value;
		return this.refuse(wanted);
	}

	oneOf<T extends string | number>(choices: readonly T[]): T {
		const choice = choices.find((candidate) => candidate === this.#value);
		return choice ?? this.refuse(`one of ${choices.map(show).join(", ")}`);
	}

	/** A value that a check accepts. @param wanted - what it accepts, in words */
	accepted<T>(accepts: (value: unknown) => value is T, wanted: string): T {
		const value = this.#value;
		return accepts(value) ? value : this.refuse(wanted);
	}

	/** @param wanted - what the value must be, in words */
	refuse(wanted: string): never {
		const shown = show(this.#value);
		const found = shown.length > SHOWN_LENGTH ? `${shown.slice(0, SHOWN_LENGTH)}…` : shown;
		const subject = this.#path === "" ? "the file" : this.#path;
		throw new LooperError(
			"malformed-performance",
			`The performance file is not valid: ${subject} must be ${wanted}, not ${found}. Correct the file, or play the performance again.`,
		);
	}
}
