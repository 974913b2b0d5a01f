import type { Gesture } from "./gesture.ts";
import { gestureForKey } from "./keyboard.ts";

/**
 * Plays the window's keyboard.
 *
 * Menus and dialogs keep the keys they take from reaching the window.
 *
 * @returns ends it
 */
export function listenToKeyboard(perform: (gesture: Gesture) => void): () => void {
	const playKey = (event: KeyboardEvent): void => {
		if (isTyping(event)) return;
		const gesture = gestureForKey(event);
		if (gesture === null) return;
		event.preventDefault();
		perform(gesture);
	};
	window.addEventListener("keydown", playKey);
	return () => window.removeEventListener("keydown", playKey);
}

function isTyping(event: KeyboardEvent): boolean {
	if (event.isComposing) return true;
	const [target] = event.composedPath();
	if (target instanceof HTMLInputElement) return !["range", "checkbox", "button", "file"].includes(target.type);
	if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
	return target instanceof HTMLElement && target.isContentEditable;
}
