// @ts-check
import { decay, held } from "../synthesis/envelope.mjs";
import { stateVariableFilter } from "../synthesis/filter.mjs";
import { oscillator, saw } from "../synthesis/oscillator.mjs";
import { reverb } from "../synthesis/reverb.mjs";
import { pan, render, sumStereo, transform } from "../synthesis/signal.mjs";
import { hertzFromPitch } from "../synthesis/units.mjs";

/** @typedef {import("../synthesis/signal.mjs").Signal} Signal */

/** The four chords of the demo set in A minor, voiced for small steps. */
export const CHORDS = [
	["A2", "G3", "C4", "E4", "B4"],
	["F2", "A3", "C4", "E4", "G4"],
	["C3", "G3", "C4", "E4", "D5"],
	["G2", "G3", "B3", "D4", "E4"],
];

/** Pan positions of the detuned oscillators of one note. */
const SPREAD = [-0.8, 0, 0.8];

/**
 * The raw saws of a chord, several per note, spread over the stereo field.
 *
 * @param {string[]} pitches
 * @param {{ seconds: number, detuneCents: number }} options
 * @returns {[Signal, Signal]}
 */
function chordOfSaws(pitches, { seconds, detuneCents }) {
	return sumStereo(
		pitches.flatMap((pitch, note) =>
			SPREAD.map((position, index) => {
				const hertz = hertzFromPitch(pitch) * 2 ** ((detuneCents * position) / 1200);
				// Golden-ratio phases keep the oscillators from starting in phase.
				const string = oscillator(saw, ((note * SPREAD.length + index) * 0.618) % 1);
				return pan(
					render(seconds, () => string(hertz)),
					position,
				);
			}),
		),
	);
}

/**
 * One chord of a warm analogue polysynth.
 *
 * @param {string[]} pitches
 * @param {number} holdSeconds
 * @returns {[Signal, Signal]}
 */
export function dryChord(pitches, holdSeconds) {
	const releaseSeconds = 0.7;
	const [left, right] = chordOfSaws(pitches, { seconds: holdSeconds + releaseSeconds, detuneCents: 9 });
	const play = (/** @type {Signal} */ side) => {
		const lowpass = stateVariableFilter("lowpass");
		const shape = { attackSeconds: 0.012, decaySeconds: 2.5, sustain: 0.5, holdSeconds, releaseSeconds };
		return transform(side, (sample, time) => lowpass(sample, 700 + 3200 * decay(time, 1.1), 0.8) * held(time, shape));
	};
	return [play(left), play(right)];
}

/**
 * A short hard chord.
 *
 * @param {string[]} pitches
 */
export function stabChord(pitches) {
	const [left, right] = chordOfSaws(pitches, { seconds: 0.5, detuneCents: 16 });
	const play = (/** @type {Signal} */ side) => {
		const lowpass = stateVariableFilter("lowpass");
		const shape = { attackSeconds: 0.002, decaySeconds: 0.5, sustain: 0.3, holdSeconds: 0.16, releaseSeconds: 0.2 };
		return transform(side, (sample, time) => lowpass(sample, 900 + 8000 * decay(time, 0.4), 1.1) * held(time, shape));
	};
	return reverb([play(left), play(right)], { decaySeconds: 1, wet: 0.14 });
}
