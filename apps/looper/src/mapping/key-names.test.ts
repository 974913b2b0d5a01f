import { expect, test } from "vitest";
import { keyLabel } from "../input/key-label.ts";
import { padKeyNames } from "./key-names.ts";
import { defaultMapping, withBinding, withoutControl } from "./mapping-document.ts";

const printed = (code: string): string => keyLabel(code, undefined);
const one = { type: "key", code: "Digit1", shift: false, alt: false } as const;

test("the keys of the default mapping are 1 to 8, Q to I, A to K and Z to the comma", () => {
	expect(padKeyNames(defaultMapping, printed).join("")).toBe("12345678QWERTYUIASDFGHJKZXCVBNM,");
});

test("a pad whose key is bound to something else has no key, and one with two shows the first", () => {
	const moved = withBinding(withoutControl(defaultMapping, one), {
		control: { ...one, code: "Digit9" },
		target: { type: "press", pad: { kind: "place", place: 1 } },
	});
	expect(padKeyNames(moved, printed).slice(0, 3)).toEqual(["", "2", "3"]);
});
