import { MalformedAudioError } from "../errors.ts";

/** Damaged places that are reported individually; the others are only counted. */
const NAMED_PLACES = 16;

/** Collects the damage found while a file is decoded; in strict mode the first damage is thrown. */
export class Damage {
	readonly isStrict: boolean;
	/** Shared by all parts of a file. */
	#record: { readonly warnings: string[]; moreCount: number } = { warnings: [], moreCount: 0 };
	#count = 0;
	/** Start of this part in the recording. */
	#startSecond = 0;

	constructor(strict: boolean) {
		this.isStrict = strict;
	}

	/** The damage found so far, in file order. */
	get warnings(): readonly string[] {
		const { warnings, moreCount } = this.#record;
		if (moreCount === 0) return warnings;
		return [...warnings, `${moreCount} more damaged places were skipped.`];
	}

	/** Collects the damage of a part of the file in the same list. */
	startingAt(second: number): Damage {
		const part = new Damage(this.isStrict);
		part.#record = this.#record;
		part.#startSecond = second;
		return part;
	}

	/** The time of a frame of this part, as warnings give it. */
	at(frame: number, sampleRate: number): string {
		return atSecond(frame + this.#startSecond * sampleRate, sampleRate);
	}

	/**
	 * Records one damaged place.
	 *
	 * @param byteOffset - its offset in the file
	 * @param warning - a sentence with the time
	 * @throws MalformedAudioError in strict mode.
	 */
	report(byteOffset: number, warning: string): void {
		if (this.isStrict) throw new MalformedAudioError(byteOffset, warning);
		this.#count++;
		const record = this.#record;
		if (record.warnings.length < NAMED_PLACES) record.warnings.push(warning);
		else record.moreCount++;
	}

	/** Damaged places of this part so far. */
	get count(): number {
		return this.#count;
	}
}

/** A time in a file, as warnings give it: "at 12.345 s". */
export function atSecond(frame: number, sampleRate: number): string {
	return `at ${(frame / sampleRate).toFixed(3)} s`;
}
