import { MalformedAudioError } from "../errors.ts";

/** So many places of damage are named one by one; the others are counted. */
const NAMED_PLACES = 16;

/** Collects what is wrong with a file while it is decoded, or ends the decoding at once in strict mode. */
export class Damage {
	readonly #warnings: string[] = [];
	readonly #strict: boolean;
	#moreCount = 0;

	constructor(strict: boolean) {
		this.#strict = strict;
	}

	/** What was met so far, in the order of the file. */
	get warnings(): readonly string[] {
		if (this.#moreCount === 0) return this.#warnings;
		return [...this.#warnings, `${this.#moreCount} more damaged places were played around.`];
	}

	/**
	 * Takes down one damaged place.
	 *
	 * @param byteOffset - where it stands in the file
	 * @param warning - a sentence: what, and at which second
	 * @throws MalformedAudioError in strict mode.
	 */
	report(byteOffset: number, warning: string): void {
		if (this.#strict) throw new MalformedAudioError(byteOffset, warning);
		if (this.#warnings.length < NAMED_PLACES) this.#warnings.push(warning);
		else this.#moreCount++;
	}

	/** Places that were taken down so far. */
	get count(): number {
		return this.#warnings.length + this.#moreCount;
	}
}

/** A time in a file as the warnings name it: "at 12.345 s". */
export function atSecond(frame: number, sampleRate: number): string {
	return `at ${(frame / sampleRate).toFixed(3)} s`;
}
