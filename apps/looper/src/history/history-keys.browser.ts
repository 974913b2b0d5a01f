import { isTyping } from "../input/keyboard.browser.ts";
import type { History } from "../instrument/history.ts";
import { historyKey } from "./history-key.ts";

/** Undoes and redoes with the window's keyboard. @returns a function that removes the listener */
export function listenToHistoryKeys(history: History): () => void {
	const pressKey = (event: KeyboardEvent): void => {
		const action = historyKey(event);
		// A text field has a history of its own.
		if (action === null || isTyping(event)) return;
		event.preventDefault();
		history[action]();
	};
	window.addEventListener("keydown", pressKey);
	return () => window.removeEventListener("keydown", pressKey);
}
