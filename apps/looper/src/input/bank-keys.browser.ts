import type { Banks } from "../instrument/banks.ts";
import { bankForKey } from "./bank-keys.ts";
import { isTyping } from "./keyboard.browser.ts";

/**
 * Shows banks with the window's keyboard. Open menus and dialogs stop their keys from getting here.
 *
 * @returns a function that removes the listener
 */
export function listenToBankKeys(banks: Banks): () => void {
	const showBank = (event: KeyboardEvent): void => {
		if (isTyping(event)) return;
		const bank = bankForKey(event, banks.shown);
		if (bank === null) return;
		event.preventDefault();
		banks.show(bank);
	};
	window.addEventListener("keydown", showBank);
	return () => window.removeEventListener("keydown", showBank);
}
