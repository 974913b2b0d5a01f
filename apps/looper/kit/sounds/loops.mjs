// @ts-check
import { reverb } from "../synthesis/reverb.mjs";
import { saturator } from "../synthesis/saturation.mjs";
import { BEAT_SECONDS, emptyLoop, placeAt, placePattern, processLoop } from "../synthesis/sequencer.mjs";
import { transform } from "../synthesis/signal.mjs";
import { bassNote } from "./bass.mjs";
import { CHORDS, dryChord } from "./chords.mjs";
import { clap, closedHat, kick, openHat, rim, snare } from "./drums.mjs";
import { shaker } from "./hits.mjs";

/** @typedef {import("../synthesis/signal.mjs").Channels} Channels */

const STEP_SECONDS = BEAT_SECONDS / 4;

/** Notes of the bass line: first sixteenth, pitch, length in sixteenths. The roots are those of the chord loop. */
const BASS_LINE = /** @type {const} */ ([
	[0, "A1", 2.6],
	[3, "A1", 1],
	[6, "A2", 1],
	[7, "G2", 0.8],
	[8, "F1", 2.6],
	[11, "F1", 1],
	[14, "F2", 1],
	[15, "E2", 0.8],
	[16, "C2", 2.6],
	[19, "C2", 1],
	[22, "C3", 1],
	[23, "B2", 0.8],
	[24, "G1", 2.6],
	[27, "G1", 1],
	[29, "G2", 0.8],
	[30, "D2", 0.8],
	[31, "E2", 0.8],
]);

/** Two bars of kick, clap and snare. */
export function drumLoop() {
	const loop = emptyLoop();
	placePattern(loop, kick(), "9... 9... 9... 9..4 9... 9... 9.6. 9...");
	placePattern(loop, clap(), ".... 9... .... 9...", { gain: 0.55 });
	placePattern(loop, snare(), ".... 7... .... 7..2 .... 7... .2.. 7.35", { gain: 0.6 });
	return processLoop(loop, (channels) => channels.map((signal) => transform(signal, saturator(0.8))));
}

/** Two bars of hats, shaker and rim. */
export function percussionLoop() {
	const loop = emptyLoop();
	placePattern(loop, closedHat(), "8.35 ..36 8.35 ..36 8.35 ..36 8.35 ..57", { gain: 0.8, position: 0.15 });
	placePattern(loop, openHat(), "..8. ..8. ..8. ..8.", { gain: 0.5, position: 0.15 });
	placePattern(loop, shaker(), "5276", { gain: 0.8, position: -0.5 });
	placePattern(loop, rim(), "...7 ..6. ..7. .... ...7 ..6. .7.. 5...", { gain: 0.45, position: 0.45 });
	return loop;
}

/** Two bars of bass under the chord loop; mono. */
export function bassLoop() {
	const loop = emptyLoop();
	for (const [step, pitch, steps] of BASS_LINE) placeAt(loop, bassNote(pitch, steps * STEP_SECONDS), { step });
	return loop.slice(0, 1);
}

/** Two bars of four chords in a hall, ducked on the beat. */
export function chordLoop() {
	const loop = emptyLoop();
	Object.values(CHORDS).forEach((pitches, index) => {
		placeAt(loop, dryChord(pitches, 2 * BEAT_SECONDS), { step: 8 * index });
	});
	return processLoop(loop, (twice) => {
		const room = reverb(twice, { decaySeconds: 1.8, wet: 0.14, tailSeconds: 0 });
		return room.map((signal) => transform(signal, (sample, time) => sample * ducking(time)));
	});
}

/**
 * Gain that ducks for a kick on every beat.
 *
 * @param {number} timeSeconds
 */
function ducking(timeSeconds) {
	const sinceBeat = timeSeconds % BEAT_SECONDS;
	const attackSeconds = 0.015;
	const depth = 0.45;
	const duck =
		sinceBeat < attackSeconds ? sinceBeat / attackSeconds : Math.exp((attackSeconds - sinceBeat) / (BEAT_SECONDS / 4));
	return 1 - depth * duck;
}
