import { chordOf, type KeyChord } from "./keyboard.ts";

/** What the window's keys do. */
export interface KeyActions {
	/** Does what a key is mapped to. @param timeMs - when it went down, on the page's clock; @returns whether it is mapped */
	press(chord: KeyChord, timeMs: number): boolean;
	stopAll(): void;
	/** Shows the list of all keys. */
	showKeys(): void;
}

/**
 * Plays with the window's keyboard. Open menus and dialogs stop their keys from getting here.
 *
 * @returns a function that removes the listener
 */
export function listenToKeyboard(actions: KeyActions): () => void {
	const playKey = (event: KeyboardEvent): void => {
		if (isTyping(event)) return;
		const chord = chordOf(event);
		if (chord !== null && act(chord, event, actions)) event.preventDefault();
	};
	window.addEventListener("keydown", playKey);
	return () => window.removeEventListener("keydown", playKey);
}

/** @returns whether the key had a meaning */
function act(chord: KeyChord, { key, timeStamp }: KeyboardEvent, actions: KeyActions): boolean {
	if (chord.code === "Escape") {
		if (!chord.alt) actions.stopAll();
		return !chord.alt;
	}
	if (actions.press(chord, timeStamp)) return true;
	// On some keyboards the question mark lies on a key that plays a pad with Shift.
	if (key === "?") actions.showKeys();
	return key === "?";
}

/** Whether a key goes into a text. */
export function isTyping(event: KeyboardEvent): boolean {
	if (event.isComposing) return true;
	const [target] = event.composedPath();
	if (target instanceof HTMLInputElement) return !["range", "checkbox", "button", "file"].includes(target.type);
	if (target instanceof HTMLTextAreaElement) return true;
	if (target instanceof HTMLSelectElement) return isListOpen(target);
	return target instanceof HTMLElement && target.isContentEditable;
}

/** Whether the list of choices is open, whose keys find one of them. A browser that cannot tell shows a list that has the keys itself. */
function isListOpen(list: HTMLSelectElement): boolean {
	return CSS.supports("selector(:open)") && list.matches(":open");
}
