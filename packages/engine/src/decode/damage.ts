import { MalformedAudioError } from "../errors.ts";

/** So many places of damage are named one by one; the others are counted. */
const NAMED_PLACES = 16;

/** Collects what is wrong with a file while it is decoded, or ends the decoding at once in strict mode. */
export class Damage {
	readonly isStrict: boolean;
	/** Shared by the parts of a file. */
	#record: { readonly warnings: string[]; moreCount: number } = { warnings: [], moreCount: 0 };
	#count = 0;
	/** Where in the recording the frames of this part begin. */
	#startSecond = 0;

	constructor(strict: boolean) {
		this.isStrict = strict;
	}

	/** What was met so far, in the order of the file. */
	get warnings(): readonly string[] {
		const { warnings, moreCount } = this.#record;
		if (moreCount === 0) return warnings;
		return [...warnings, `${moreCount} more damaged places were played around.`];
	}

	/** Collects what is wrong with a part of the file in the same list. */
	startingAt(second: number): Damage {
		const part = new Damage(this.isStrict);
		part.#record = this.#record;
		part.#startSecond = second;
		return part;
	}

	/** The time of a frame of this part as the warnings name it. */
	at(frame: number, sampleRate: number): string {
		return atSecond(frame + this.#startSecond * sampleRate, sampleRate);
	}

	/**
	 * Takes down one damaged place.
	 *
	 * @param byteOffset - where it stands in the file
	 * @param warning - a sentence: what, and at which second
	 * @throws MalformedAudioError in strict mode.
	 */
	report(byteOffset: number, warning: string): void {
		if (this.isStrict) throw new MalformedAudioError(byteOffset, warning);
		this.#count++;
		const record = this.#record;
		if (record.warnings.length < NAMED_PLACES) record.warnings.push(warning);
		else record.moreCount++;
	}

	/** Places of this part that were taken down so far. */
	get count(): number {
		return this.#count;
	}
}

/** A time in a file as the warnings name it: "at 12.345 s". */
export function atSecond(frame: number, sampleRate: number): string {
	return `at ${(frame / sampleRate).toFixed(3)} s`;
}
