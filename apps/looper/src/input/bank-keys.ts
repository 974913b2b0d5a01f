import { bankNames } from "../instrument/banks.ts";
import type { KeyPress } from "./keyboard.ts";

/**
 * The bank that a key shows: Alt with a digit the bank of that number, the brackets the one before and the one after.
 *
 * @param shown - the bank that is shown, 0..7
 * @returns null for keys without such a meaning, and where no bank follows
 */
export function bankForKey(key: KeyPress, shown: number): number | null {
	if (key.ctrlKey || key.metaKey || key.shiftKey) return null;
	const bank = key.altKey ? bankOfDigit(key.code) : shown + stepOf(key.code);
	return bank === shown || bankNames[bank] === undefined ? null : bank;
}

function bankOfDigit(code: string): number {
	return code.startsWith("Digit") ? Number(code.slice("Digit".length)) - 1 : -1;
}

function stepOf(code: string): number {
	if (code === "BracketLeft") return -1;
	return code === "BracketRight" ? 1 : 0;
}
