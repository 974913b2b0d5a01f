import { expect, test } from "vitest";
import { tempoScale } from "../transport-bar/set-scales.ts";
import { ValueDrag } from "./value-drag.ts";

/** A drag of the tempo 120 from 500 pixels below the edge; a beat per minute is two pixels. */
function dragged(slop: number): ValueDrag {
	const drag = new ValueDrag();
	drag.begin({ scale: tempoScale, value: 120, y: 500, slop });
	return drag;
}

test("a press that hardly moves is a click and sets nothing", () => {
	const drag = dragged(3);
	expect([drag.move(502, false), drag.move(498, false), drag.hasMoved]).toEqual([null, null, false]);
});

test("a drag begins at the edge of the click, without a jump, and may come back", () => {
	const drag = dragged(3);
	expect(drag.move(497, false)).toBe(120);
	expect(drag.move(477, false)).toBe(130);
	expect(drag.move(497, false)).toBe(120);
	expect(drag.hasMoved).toBe(true);
});

test("without slop every pixel counts, and a fine drag is a tenth as fast", () => {
	const drag = dragged(0);
	expect(drag.move(498, false)).toBe(121);
	expect(drag.move(478, true)).toBe(122);
});
