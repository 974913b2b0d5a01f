import { expect, test } from "vitest";
import { emptyPad } from "../instrument/pad-state.ts";
import { parseDemoSet } from "./demo-set.ts";

test("the pads keep their order, and what they do not set has its default", () => {
	const pads = parseDemoSet(
		{
			pads: [
				{ file: "b.wav", title: "Beat", settings: { loop: true, lengthBeats: 8 }, color: "#e070b8" },
				{ file: "a.wav", title: "Kick", settings: {}, color: null },
			],
		},
		2,
	);
	expect(pads).toEqual([
		{ file: "b.wav", title: "Beat", settings: { ...emptyPad.settings, loop: true, lengthBeats: 8 }, color: "#e070b8" },
		{ file: "a.wav", title: "Kick", settings: emptyPad.settings, color: null },
	]);
});

const kick = { file: "kick.wav", title: "Kick", settings: {}, color: null };

test.each([
	[null, "pads"],
	[{ pads: "kick.wav" }, "pads"],
	[{ pads: [kick, kick, kick] }, "pads"],
	[{ pads: [{ ...kick, file: 1 }] }, "pads[0].file"],
	[{ pads: [kick, { ...kick, title: undefined }] }, "pads[1].title"],
	[{ pads: [{ ...kick, color: "red; }" }] }, "pads[0].color"],
	[{ pads: [{ ...kick, settings: { lengthBeats: -1 } }] }, "pads[0].settings.lengthBeats"],
])("%j is rejected with the place", (content, place) => {
	expect(() => parseDemoSet(content, 2)).toThrow(
		expect.objectContaining({
			name: "TypeError",
			message: expect.stringMatching(/ must be .* Mend set\.json\.$/u),
		}),
	);
	expect(() => parseDemoSet(content, 2)).toThrow(`${place} must be`);
});
