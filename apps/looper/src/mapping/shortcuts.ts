import { controlTitle } from "./control.ts";
import type { Binding, MappingDocument } from "./mapping-document.ts";
import { targetTitle } from "./target-titles.ts";

/** A key, or several, and what they do. */
export interface Shortcut {
	readonly keys: string;
	readonly effect: string;
}

/** Keys that are always there. */
export const fixedShortcuts: readonly Shortcut[] = [
	{
		keys: "Escape",
		effect:
			"Escape and Stop end all pads, rolls and what waits; when nothing sounds or waits, they stop the transport with its metronome. In a dialog or a menu Escape only closes it.",
	},
	{ keys: "?", effect: "Show or hide this list" },
	{ keys: "Ctrl + Z, Shift + Ctrl + Z (⌘ on a Mac)", effect: "Undo, redo" },
	{ keys: "Alt + R", effect: "Start or end a recording" },
	{ keys: "Shift + Alt + R", effect: "Keep what was heard in the last minute" },
	{ keys: "[, ]", effect: "Show the bank before or behind" },
	{ keys: "Alt + 1 … 8", effect: "Show bank A … H" },
	{ keys: "Ctrl + X, Ctrl + C, Ctrl + V", effect: "Pick up, copy and drop the pad that has the focus" },
	{ keys: "Shift + Escape", effect: "Close the panel of the selected pad" },
	{ keys: "Tab", effect: "Move the focus from part to part" },
	{ keys: "Arrows, Home, End", effect: "Move the focus over the pads" },
	{ keys: "Enter, Space", effect: "Play the pad that has the focus, or press the button" },
	{ keys: "Shift + Enter", effect: "Stop the pad that has the focus" },
	{ keys: "Shift + F10, Menu", effect: "Open the menu of the pad that has the focus" },
	{ keys: "Backspace, Delete", effect: "Reset the knob or number that has the focus" },
];

/** The keys of a mapping, those without modifiers first. @param keyLabel - what is printed on a key */
export function mappedShortcuts(
	{ bindings }: MappingDocument,
	keyLabel: (code: string) => string,
): readonly Shortcut[] {
	const keys = bindings.filter(({ control }) => control.type === "key");
	const [plain, modified] = [keys.filter((key) => !isModified(key)), keys.filter(isModified)];
	return [...plain, ...modified].map(({ control, target }) => ({
		keys: controlTitle(control, keyLabel),
		effect: targetTitle(target),
	}));
}

function isModified({ control }: Binding): boolean {
	return control.type === "key" && (control.shift || control.alt);
}
