import { Listeners } from "./listeners.ts";

/** Pads that are shown at a time. */
export const placesPerBank = 32;

/** The names of the banks, in order. */
export const bankNames: readonly string[] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/** The bank of a pad, 0..7. */
export function bankOf(pad: number): number {
	return Math.floor(pad / placesPerBank);
}

/** Which of the banks is shown. Showing another one changes nothing that sounds. */
export class Banks {
	/** The bank that is shown now. */
	readonly changes: Listeners<number> = new Listeners();
	#shown = 0;

	/** The bank that is shown, 0..7. */
	get shown(): number {
		return this.#shown;
	}

	/** Shows a bank; what is none is ignored. */
	show(bank: number): void {
		if (bank === this.#shown || bankNames[bank] === undefined) return;
		this.#shown = bank;
		this.changes.notify(bank);
	}

	/** The pad at a place of the bank that is shown. @param place - 0..31 */
	padAt(place: number): number {
		return this.#shown * placesPerBank + place;
	}

	/** The place of a pad in the bank that is shown, 0..31; null when it lies in another bank. */
	placeOf(pad: number): number | null {
		return bankOf(pad) === this.#shown ? pad % placesPerBank : null;
	}
}
