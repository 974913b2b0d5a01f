// @ts-check
import { reverb } from "../synthesis/reverb.mjs";
import { saturator } from "../synthesis/saturation.mjs";
import { emptyLoop, placeAt, placePattern, processLoop, stepFrames } from "../synthesis/sequencer.mjs";
import { transform } from "../synthesis/signal.mjs";
import { SAMPLE_RATE } from "../synthesis/units.mjs";
import { bassNote } from "./bass.mjs";
import { dryChord } from "./chords.mjs";

/** @typedef {import("../synthesis/signal.mjs").Channels} Channels */
/** @typedef {import("../synthesis/signal.mjs").Signal} Signal */

/** A note of a line: first sixteenth, pitch, length in sixteenths. @typedef {readonly [step: number, pitch: string, steps: number]} Note */

/** One sound of a pattern loop: its pattern, its gain, and its place from left (-1) to right. @typedef {readonly [sound: Channels, pattern: string, gain?: number, position?: number]} Part */

/**
 * Two bars of patterns, glued by saturation.
 *
 * @param {number} beatsPerMinute
 * @param {readonly Part[]} parts
 */
export function drumLoop(beatsPerMinute, parts) {
	return processLoop(percussionLoop(beatsPerMinute, parts), (channels) =>
		channels.map((signal) => transform(signal, saturator(0.8))),
	);
}

/**
 * Two bars of patterns.
 *
 * @param {number} beatsPerMinute
 * @param {readonly Part[]} parts
 */
export function percussionLoop(beatsPerMinute, parts) {
	const loop = emptyLoop(beatsPerMinute);
	for (const [sound, pattern, gain = 1, position = 0] of parts) placePattern(loop, sound, pattern, { gain, position });
	return loop;
}

/**
 * Two bars of a bass line; mono.
 *
 * @param {number} beatsPerMinute
 * @param {readonly Note[]} line
 */
export function bassLoop(beatsPerMinute, line) {
	return lineLoop(beatsPerMinute, line, bassNote).slice(0, 1);
}

/**
 * Two bars of single notes.
 *
 * @param {number} beatsPerMinute
 * @param {readonly Note[]} line
 * @param {(pitch: string, seconds: number) => Channels} play
 */
export function lineLoop(beatsPerMinute, line, play) {
	const loop = emptyLoop(beatsPerMinute);
	const stepSeconds = stepFrames(loop) / SAMPLE_RATE;
	for (const [step, pitch, steps] of line) placeAt(loop, play(pitch, steps * stepSeconds), { step });
	return loop;
}

/**
 * A loop in a hall that has been sounding before.
 *
 * @param {[Signal, Signal]} loop
 * @param {number} decaySeconds
 */
export function inHall(loop, decaySeconds) {
	return processLoop(loop, (twice) => reverb(twice, { decaySeconds, wet: 0.14, tailSeconds: 0 }));
}

/**
 * Two bars of four chords in a hall, ducked on the beat.
 *
 * @param {number} beatsPerMinute
 * @param {readonly string[][]} chords
 */
export function chordLoop(beatsPerMinute, chords) {
	const loop = emptyLoop(beatsPerMinute);
	const beatSeconds = 60 / beatsPerMinute;
	for (const [index, pitches] of chords.entries()) {
		placeAt(loop, dryChord(pitches, 2 * beatSeconds), { step: 8 * index });
	}
	return inHall(loop, 1.8).map((signal) =>
		transform(signal, (sample, time) => sample * ducking(time % beatSeconds, beatSeconds)),
	);
}

/**
 * Gain that ducks for a kick on every beat.
 *
 * @param {number} sinceBeat - in seconds
 * @param {number} beatSeconds
 */
function ducking(sinceBeat, beatSeconds) {
	const attackSeconds = 0.015;
	const depth = 0.45;
	const duck =
		sinceBeat < attackSeconds ? sinceBeat / attackSeconds : Math.exp((attackSeconds - sinceBeat) / (beatSeconds / 4));
	return 1 - depth * duck;
}
