// @ts-check
import { at, mixWrapped, pan } from "./signal.mjs";
import { SAMPLE_RATE } from "./units.mjs";

/** @typedef {import("./signal.mjs").Channels} Channels */
/** @typedef {import("./signal.mjs").Signal} Signal */

/** Length of a loop: two bars. */
export const LOOP_BEATS = 8;
/** The same in sixteenths. */
const LOOP_STEPS = 32;

/**
 * A silent stereo loop of two bars.
 *
 * @param {number} beatsPerMinute - a beat must be a multiple of four frames
 * @returns {[Signal, Signal]}
 */
export function emptyLoop(beatsPerMinute) {
	const frames = (LOOP_BEATS * 60 * SAMPLE_RATE) / beatsPerMinute;
	return [new Float64Array(frames), new Float64Array(frames)];
}

/**
 * Length of a sixteenth of a loop in frames.
 *
 * @param {Channels} loop
 */
export function stepFrames([signal]) {
	return (signal?.length ?? 0) / LOOP_STEPS;
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
	const startFrame = step * stepFrames(loop);
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
	for (let step = 0; step < LOOP_STEPS; step++) {
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
		Float64Array.from({ length: 2 * signal.length }, (_, i) => at(signal, i % signal.length)),
	);
	return effect(/** @type {T} */ (twice)).map((signal) => signal.slice(signal.length / 2));
}
