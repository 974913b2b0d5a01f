import { expect, test } from "vitest";
import { lightProfiles } from "../midi/light-profiles.ts";
import { bindingOf, defaultMapping, withBinding } from "./mapping-document.ts";
import { layOutPads } from "./pad-layout.ts";

const { padNotes } = lightProfiles.launchpad;
const topLeft = { type: "note", device: "Launchpad", channel: 1, note: 81 } as const;

test("a device's notes play the places in their order, and keys stay", () => {
	const { document, replaced } = layOutPads(defaultMapping, "Launchpad", padNotes);
	expect(replaced).toBe(0);
	expect(document.bindings).toHaveLength(defaultMapping.bindings.length + 32);
	expect(bindingOf(document, { ...topLeft, note: 51 })?.target).toEqual({
		type: "press",
		pad: { kind: "place", place: 24 },
	});
});

test("notes that did something else before are counted, those that did the same are not", () => {
	const { document } = layOutPads(defaultMapping, "Launchpad", padNotes);
	const other = withBinding(document, { control: topLeft, target: { type: "stop-all" } });
	expect(layOutPads(other, "Launchpad", padNotes).replaced).toBe(1);
	expect(layOutPads(document, "Launchpad", padNotes).replaced).toBe(0);
});
