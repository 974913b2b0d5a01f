import type { Gesture } from "./gesture.ts";

/** What a key press says about itself; a `KeyboardEvent` is one. */
export interface KeyPress {
	/** The key's place on the keyboard, whatever it types. */
	readonly code: string;
	readonly repeat: boolean;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
}

/** The velocity of every key, since keys don't tell how hard they are hit. */
export const keyVelocity = 0.8;

const keyRows: readonly (readonly string[])[] = [
	["Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6", "Digit7", "Digit8"],
	["KeyQ", "KeyW", "KeyE", "KeyR", "KeyT", "KeyY", "KeyU", "KeyI"],
	["KeyA", "KeyS", "KeyD", "KeyF", "KeyG", "KeyH", "KeyJ", "KeyK"],
	["KeyZ", "KeyX", "KeyC", "KeyV", "KeyB", "KeyN", "KeyM", "Comma"],
];

/** The key of each pad as `KeyboardEvent.code`, in pad order. */
export const padKeyCodes: readonly string[] = keyRows.flat();

const padsByKeyCode = new Map(padKeyCodes.map((code, pad) => [code, pad]));

/**
 * Reads a key press as a gesture.
 *
 * @returns null for keys that mean nothing here, repeats and shortcuts of browser or system
 */
export function gestureForKey(key: KeyPress): Gesture | null {
	if (key.repeat || key.ctrlKey || key.altKey || key.metaKey) return null;
	if (key.code === "Escape") return { type: "stop-all" };
	const pad = padsByKeyCode.get(key.code);
	if (pad === undefined) return null;
	return key.shiftKey ? { type: "stop", pad } : { type: "trigger", pad, velocity: keyVelocity };
}
