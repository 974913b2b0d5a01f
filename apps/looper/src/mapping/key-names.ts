import type { MappingDocument } from "./mapping-document.ts";
import { placeCount } from "./pad-reference.ts";

/** The key that plays each place of a bank, as it is printed; "" where no key without modifiers does. */
export function padKeyNames({ bindings }: MappingDocument, keyLabel: (code: string) => string): readonly string[] {
	const names = Array.from({ length: placeCount }, () => "");
	for (const { control, target } of bindings) {
		if (control.type !== "key" || control.shift || control.alt) continue;
		if (target.type !== "press" || target.pad.kind !== "place") continue;
		names[target.pad.place] ||= keyLabel(control.code);
	}
	return names;
}
