import { bankNames } from "../instrument/banks.ts";

/**
 * The bank that a key on the bank buttons moves to; they stand in a column or in a row.
 *
 * @param code - the key, as in `KeyboardEvent.code`
 * @param bank - the bank that is shown
 * @returns null when the key has no meaning or no bank follows
 */
export function bankAfterKey(code: string, bank: number): number | null {
	const targets: Partial<Record<string, number>> = {
		ArrowUp: bank - 1,
		ArrowLeft: bank - 1,
		ArrowDown: bank + 1,
		ArrowRight: bank + 1,
		Home: 0,
		End: bankNames.length - 1,
	};
	const target = targets[code];
	return target === undefined || bankNames[target] === undefined ? null : target;
}
