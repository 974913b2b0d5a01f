// @ts-check
import { at, mixWrapped, pan } from "./signal.mjs";
import { SAMPLE_RATE } from "./units.mjs";

/** @typedef {import("./signal.mjs").Channels} Channels */
/** @typedef {import("./signal.mjs").Signal} Signal */

const BEATS_PER_MINUTE = 120;
const STEPS_PER_BEAT = 4;
const LOOP_BEATS = 8;

/** Length of a beat in seconds. */
export const BEAT_SECONDS = 60 / BEATS_PER_MINUTE;
/** Length of a sixteenth in frames. */
export const STEP_FRAMES = (BEAT_SECONDS * SAMPLE_RATE) / STEPS_PER_BEAT;
/** Length of a loop of two bars in frames. */
export const LOOP_FRAMES = LOOP_BEATS * STEPS_PER_BEAT * STEP_FRAMES;

/**
 * A silent stereo loop of two bars.
 *
 * @returns {[Signal, Signal]}
 */
export function emptyLoop() {
	return [new Float64Array(LOOP_FRAMES), new Float64Array(LOOP_FRAMES)];
}

/**
 * Mixes a sound into a loop; its tail wraps to the loop's start.
 *
 * @param {[Signal, Signal]} loop - changed in place
 * @param {Channels} sound
 * @param {{ step: number, gain?: number, position?: number }} options - step in sixteenths; position -1 left, 1 right,
 *   for mono sounds
 */
export function placeAt(loop, [left, right], { step, gain = 1, position = 0 }) {
	if (left === undefined) return;
	const sides = right === undefined ? pan(left, position) : [left, right];
	const startFrame = step * STEP_FRAMES;
	for (const [side, target] of loop.entries()) mixWrapped(target, sides[side] ?? left, { startFrame, gain });
}

/**
 * Mixes a sound into a loop wherever a pattern has a digit; 9 is full velocity, any other character a rest.
 *
 * @param {[Signal, Signal]} loop - changed in place
 * @param {Channels} sound
 * @param {string} pattern - one character per sixteenth, repeated to the end of the loop; blanks are ignored
 * @param {{ gain?: number, position?: number }} [options]
 */
export function placePattern(loop, sound, pattern, { gain = 1, position = 0 } = {}) {
	const steps = pattern.replaceAll(" ", "");
	for (let step = 0; step * STEP_FRAMES < LOOP_FRAMES; step++) {
		const velocity = Number(steps[step % steps.length]) / 9;
		if (velocity > 0) placeAt(loop, sound, { step, gain: gain * velocity, position });
	}
}

/**
 * Processes a loop with an effect as if it had been playing before, so that the effect's tail is present at the start.
 *
 * @template {Channels} T
 * @param {T} loop
 * @param {(twice: T) => Channels} effect - keeps the length
 * @returns {Channels}
 */
export function processLoop(loop, effect) {
	const twice = loop.map((signal) =>
		Float64Array.from({ length: 2 * LOOP_FRAMES }, (_, i) => at(signal, i % LOOP_FRAMES)),
	);
	return effect(/** @type {T} */ (twice)).map((signal) => signal.slice(LOOP_FRAMES));
}
