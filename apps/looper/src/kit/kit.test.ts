import { expect, test } from "vitest";
import { parseKit } from "./kit.ts";

test("a kit keeps the order of its pads; pads do not loop by default, and invalid colours are dropped", () => {
	const kit = parseKit({
		name: "Demo",
		pads: [
			{ file: "b.wav", title: "Beat", loop: true, color: "#e070b8" },
			{ file: "a.wav", title: "Kick", color: "red; }" },
		],
	});
	expect(kit).toEqual({
		name: "Demo",
		pads: [
			{ file: "b.wav", title: "Beat", loop: true, color: "#e070b8" },
			{ file: "a.wav", title: "Kick", loop: false, color: null },
		],
	});
});

test.each([
	[null, 'The kit has no name. Set "name" in kit.json.'],
	[{ pads: [] }, 'The kit has no name. Set "name" in kit.json.'],
	[{ name: "Demo" }, 'The kit has no list of pads. Set "pads" in kit.json.'],
	[{ name: "Demo", pads: ["kick.wav"] }, "Pad 0 of the kit is not an object. Replace it in kit.json."],
	[
		{ name: "Demo", pads: [{ file: "kick.wav", title: 1 }] },
		"Pad 0 of the kit has no file or no title. Set both in kit.json.",
	],
])("%j is rejected with the reason", (content, message) => {
	expect(() => parseKit(content)).toThrow(new TypeError(message));
});
