import type { Gesture } from "./gesture.ts";

/** A key that goes down; a `KeyboardEvent` is one. */
export interface KeyPress {
	/** The key's position on the keyboard, whatever it types. */
	readonly code: string;
	readonly repeat: boolean;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
}

/** A key and the modifiers that tell its meanings apart. */
export interface KeyChord {
	readonly code: string;
	readonly shift: boolean;
	readonly alt: boolean;
}

/** The velocity of every key; keyboards do not measure it. */
export const keyVelocity = 0.8;

const keyRows: readonly (readonly string[])[] = [
	["Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6", "Digit7", "Digit8"],
	["KeyQ", "KeyW", "KeyE", "KeyR", "KeyT", "KeyY", "KeyU", "KeyI"],
	["KeyA", "KeyS", "KeyD", "KeyF", "KeyG", "KeyH", "KeyJ", "KeyK"],
	["KeyZ", "KeyX", "KeyC", "KeyV", "KeyB", "KeyN", "KeyM", "Comma"],
];

/** The key of each pad as `KeyboardEvent.code`, in pad order, until the performer maps others. */
export const padKeyCodes: readonly string[] = keyRows.flat();

/** What a key that goes down means for a mapping; null for key repeat, and for shortcuts of the browser or the system. */
export function chordOf(key: KeyPress): KeyChord | null {
	if (key.repeat || key.ctrlKey || key.metaKey) return null;
	return { code: key.code, shift: key.shiftKey, alt: key.altKey };
}

/** The gesture of a key that goes up. macOS reports no key that goes up while Command is held, so Command releases all. */
export function gestureForKeyUp({ code }: Pick<KeyPress, "code">): Gesture {
	return code.startsWith("Meta") ? { type: "release-all" } : { type: "release", holder: code };
}
