import { expect, test } from "vitest";
import { parseKit } from "./kit.ts";

test("a kit keeps the order of its pads; what does not say that it loops does not, and what is no colour is none", () => {
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
	[null, "the kit has no name"],
	[{ pads: [] }, "the kit has no name"],
	[{ name: "Demo" }, "the kit has no list of pads"],
	[{ name: "Demo", pads: ["kick.wav"] }, "pad 0 of the kit is not an object"],
	[{ name: "Demo", pads: [{ file: "kick.wav", title: 1 }] }, "pad 0 of the kit lacks its file or its title"],
])("%j is refused with the reason", (content, message) => {
	expect(() => parseKit(content)).toThrow(new TypeError(message));
});
