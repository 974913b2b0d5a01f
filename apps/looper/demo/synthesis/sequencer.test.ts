import { expect, test } from "vitest";
import { stateVariableFilter } from "./filter.mjs";
import { emptyLoop, placeAt, placePattern, processLoop, stepFrames } from "./sequencer.mjs";
import { transform } from "./signal.mjs";

const LOOP_FRAMES = 192_000;
const STEP_FRAMES = 6000;

test.each([
	[120, LOOP_FRAMES, STEP_FRAMES],
	[90, 256_000, 8000],
])("a loop of two bars at %i beats per minute has %i frames", (beatsPerMinute, frames, framesOfStep) => {
	const loop = emptyLoop(beatsPerMinute);
	expect(loop.map(({ length }) => length)).toEqual([frames, frames]);
	expect(stepFrames(loop)).toBe(framesOfStep);
});

test("the tail of a sound on the last sixteenth wraps to the start of the loop", () => {
	const loop = emptyLoop(120);
	const ramp = Float64Array.from({ length: STEP_FRAMES + 3 }, (_, frame) => frame);
	placeAt(loop, [ramp, ramp], { step: 31 });
	for (const signal of loop) {
		expect(signal[LOOP_FRAMES - 1]).toBe(STEP_FRAMES - 1);
		expect([...signal.subarray(0, 4)]).toEqual([STEP_FRAMES, STEP_FRAMES + 1, STEP_FRAMES + 2, 0]);
	}
});

test("a pattern sets digits as velocities and repeats to the end of the loop", () => {
	const loop = emptyLoop(120);
	const click = Float64Array.of(1);
	placePattern(loop, [click, click], "9.3 .", { gain: 0.5 });
	const heard = Array.from({ length: 32 }, (_, step) => loop[0][step * STEP_FRAMES]);
	expect(heard).toEqual(Array.from({ length: 8 }, () => [0.5, 0, 0.5 / 3, 0]).flat());
});

test("a processed loop is the effect's output on the second pass", () => {
	const loop = emptyLoop(120);
	const burst = Float64Array.from({ length: 9000 }, (_, frame) => Math.sin(frame / 20));
	placeAt(loop, [burst], { step: 31 });
	const effect = (channels: Float64Array<ArrayBuffer>[]) =>
		channels.map((signal) => {
			const lowpass = stateVariableFilter("lowpass");
			return transform(signal, (sample) => lowpass(sample, 40, 5));
		});
	const processed = processLoop(loop, effect);
	const thrice = loop.map((signal) => Float64Array.from([...signal, ...signal, ...signal]));
	for (const [side, signal] of effect(thrice).entries()) {
		const third = signal.subarray(2 * LOOP_FRAMES);
		const difference = third.reduce(
			(most, sample, frame) => Math.max(most, Math.abs(sample - (processed[side]?.[frame] ?? 0))),
			0,
		);
		expect(difference).toBeLessThan(1e-9);
	}
});
