import { expect, test } from "vitest";
import { changePad, emptyPad } from "../instrument/pad-state.ts";
import { carryText } from "./carry-text.ts";

test("the performer is told what has been picked up, and what dropping it does", () => {
	const wanted = { source: "kick.wav", title: "Kick", isDemo: false, color: null };
	const pad = changePad(emptyPad, { type: "load-requested", requestId: 1, wanted });
	expect(carryText("swap", pad)).toMatch(/^Kick is picked up\. .*Ctrl\+V swaps it with that pad, Escape lets go\.$/u);
	expect(carryText("copy", pad)).toMatch(/Ctrl\+V puts a copy there/u);
});
