import { expect, test } from "vitest";
import { keyLabel } from "../input/key-label.ts";
import { defaultMapping, withBinding } from "./mapping-document.ts";
import { mappedShortcuts } from "./shortcuts.ts";

const printed = (code: string): string => keyLabel(code, undefined);

test("every key of the mapping is listed with its modifiers and its effect, and nothing else is", () => {
	const mapping = withBinding(
		withBinding(defaultMapping, {
			control: { type: "key", code: "F1", shift: true, alt: true },
			target: { type: "stop-all" },
		}),
		{ control: { type: "note", device: null, channel: 1, note: 60 }, target: { type: "stop-all" } },
	);
	const listed = mappedShortcuts(mapping, printed);
	expect(listed).toHaveLength(mapping.bindings.filter(({ control }) => control.type === "key").length);
	expect([listed[0], listed[32]]).toEqual([
		{ keys: "1", effect: "Play pad 1" },
		{ keys: "Shift + 1", effect: "Stop pad 1" },
	]);
	expect(listed.at(-1)).toEqual({ keys: "Alt + Shift + F1", effect: "Stop everything" });
});
