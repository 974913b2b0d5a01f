import { expect, test } from "vitest";
import { stateVariableFilter } from "./filter.mjs";
import { emptyLoop, LOOP_FRAMES, placeAt, placePattern, processLoop, STEP_FRAMES } from "./sequencer.mjs";
import { transform } from "./signal.mjs";

test("a loop of two bars at 120 beats per minute is 4 seconds long", () => {
	expect(LOOP_FRAMES).toBe(192_000);
	expect(STEP_FRAMES).toBe(6000);
});

test("the tail of a sound on the last sixteenth wraps to the start of the loop", () => {
	const loop = emptyLoop();
	const ramp = Float64Array.from({ length: STEP_FRAMES + 3 }, (_, frame) => frame);
	placeAt(loop, [ramp, ramp], { step: 31 });
	for (const signal of loop) {
		expect(signal[LOOP_FRAMES - 1]).toBe(STEP_FRAMES - 1);
		expect([...signal.subarray(0, 4)]).toEqual([STEP_FRAMES, STEP_FRAMES + 1, STEP_FRAMES + 2, 0]);
	}
});

test("a pattern sets digits as velocities and repeats to the end of the loop", () => {
	const loop = emptyLoop();
	const click = Float64Array.of(1);
	placePattern(loop, [click, click], "9.3 .", { gain: 0.5 });
	const heard = Array.from({ length: 32 }, (_, step) => loop[0][step * STEP_FRAMES]);
	expect(heard).toEqual(Array.from({ length: 8 }, () => [0.5, 0, 0.5 / 3, 0]).flat());
});

test("a processed loop is the effect's output on the second pass", () => {
	const loop = emptyLoop();
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
