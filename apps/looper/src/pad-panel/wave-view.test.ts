import * as fc from "fast-check";
import { expect, test } from "vitest";
import { frameAt, scrolled, shareOfFrame, type WaveView, wholeView, zoomed } from "./wave-view.ts";

const frames = 48_000;
const middle: WaveView = { startFrame: 20_000, endFrame: 30_000 };

test("zooming keeps the frame under the pointer where it is", () => {
	const near = zoomed(middle, frames, 0.5, 22_000);
	expect(near).toEqual({ startFrame: 21_000, endFrame: 26_000 });
	expect(shareOfFrame(near, 22_000)).toBe(shareOfFrame(middle, 22_000));
});

test("zooming out ends at the whole sample, zooming in at 16 frames", () => {
	expect(zoomed(middle, frames, 1_000, 22_000)).toEqual(wholeView(frames));
	const nearest = zoomed(middle, frames, 1e-9, 25_000);
	expect(nearest.endFrame - nearest.startFrame).toBe(16);
	expect(shareOfFrame(nearest, 25_000)).toBeCloseTo(0.5, 12);
});

test("scrolling ends at the sample's ends", () => {
	expect(scrolled(middle, frames, 1_000)).toEqual({ startFrame: 21_000, endFrame: 31_000 });
	expect(scrolled(middle, frames, 1e6)).toEqual({ startFrame: 38_000, endFrame: 48_000 });
	expect(scrolled(middle, frames, -1e6)).toEqual({ startFrame: 0, endFrame: 10_000 });
});

test("a view never leaves the sample, whatever is done", () => {
	const action = fc.oneof(
		fc.record({
			factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
			share: fc.double({ min: 0, max: 1, noNaN: true }),
		}),
		fc.record({ by: fc.double({ min: -1e5, max: 1e5, noNaN: true }) }),
	);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1e6 }), fc.array(action), (length, actions) => {
			let view = wholeView(length);
			for (const step of actions) {
				view =
					"by" in step ? scrolled(view, length, step.by) : zoomed(view, length, step.factor, frameAt(view, step.share));
				expect(view.startFrame).toBeGreaterThanOrEqual(0);
				expect(view.endFrame).toBeLessThanOrEqual(Math.max(16, length) + 1e-6);
				expect(view.endFrame - view.startFrame).toBeGreaterThanOrEqual(16 - 1e-6);
			}
		}),
	);
});
