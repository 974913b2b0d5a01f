// @ts-check
import { bassNote } from "./sounds/bass.mjs";
import { stabChord } from "./sounds/chords.mjs";
import { clap, closedHat, highTom, kick, lowTom, openHat, rim, snare } from "./sounds/drums.mjs";
import { crash, impact, riser } from "./sounds/hits.mjs";
import { bell, lead, pluck, voice } from "./sounds/leads.mjs";
import { SCENES } from "./sounds/scenes.mjs";
import { finishLoop, finishOneShot } from "./synthesis/finish.mjs";
import { LOOP_BEATS } from "./synthesis/sequencer.mjs";

/** @typedef {import("./synthesis/signal.mjs").Channels} Channels */

/**
 * @typedef {object} DemoPad
 * @property {string} file
 * @property {string} title - short enough for a pad
 * @property {Readonly<Record<string, string | number | boolean>>} settings - as a set's file has them
 * @property {string} color - one per family of sounds
 * @property {16 | 24} bits
 * @property {number} peakDecibels
 * @property {() => Channels} synthesise
 */

const BASS_SECONDS = 0.9;
/** Of a scene's drums, percussion, bass and harmony. */
const LOOP_PEAKS = [-6, -9, -8, -9];
const BEATS_PER_BAR = 4;
/** The choke group of the hats; those before it are the parts of a scene. */
const HAT_GROUP = 5;

/**
 * The sounds of the demo set in pad order, four rows of eight: drums, one-shots, a bass, and three scenes of four loops.
 *
 * The peaks make the pads about equally loud. Those of any four loops that sound together add up to less than full scale at a master
 * gain of -6 dB, however the loops are offset.
 *
 * @type {readonly DemoPad[]}
 */
export const DEMO_PADS = [
	...family("#ef5b5b", [
		["kick", "Kick", -3, kick],
		["snare", "Snare", -4, snare],
		["clap", "Clap", -3, clap],
		["closed-hat", "Closed hat", -4, closedHat],
		["open-hat", "Open hat", -5, openHat],
		["low-tom", "Low tom", -4, lowTom],
		["high-tom", "High tom", -4, highTom],
		["rim", "Rim", -5, rim],
	]),
	...family("#f2a541", [
		["crash", "Crash", -6, crash],
		["riser", "Riser", -8, riser],
		["impact", "Impact", -3, impact],
		["stab", "Stab", -4, () => stabChord(["A3", "C4", "E4", "A4"])],
		["pluck", "Pluck", -4, pluck],
		["bell", "Bell", -9, bell],
		["lead", "Lead", -8, lead],
		["voice", "Voice", -6, voice],
	]),
	...family("#4f9de8", [
		["bass-a", "Bass A", -5, () => bassNote("A1", BASS_SECONDS)],
		["bass-f", "Bass F", -5, () => bassNote("F1", BASS_SECONDS)],
		["bass-c", "Bass C", -5, () => bassNote("C2", BASS_SECONDS)],
		["bass-g", "Bass G", -5, () => bassNote("G1", BASS_SECONDS)],
	]),
	...SCENES.flatMap(scenePads),
];

/**
 * Synthesises one sound of the demo set in its final form.
 *
 * @param {DemoPad} pad
 */
export function renderPad({ settings, peakDecibels, synthesise }) {
	return settings["loop"] ? finishLoop(synthesise(), peakDecibels) : finishOneShot(synthesise(), peakDecibels);
}

/**
 * @param {string} color
 * @param {[name: string, title: string, peakDecibels: number, synthesise: () => Channels][]} sounds
 * @returns {DemoPad[]}
 */
function family(color, sounds) {
	return sounds.map(([name, title, peakDecibels, synthesise]) => ({
		file: `${name}.wav`,
		title,
		// Hats choke each other as on a drum kit.
		settings: name.endsWith("-hat") ? { chokeGroup: HAT_GROUP } : {},
		color,
		bits: 16,
		peakDecibels,
		synthesise,
	}));
}

/**
 * Loops that follow the tempo, start and stop on a bar, and take the place of the same part of another scene.
 *
 * @param {import("./sounds/scenes.mjs").Scene} scene
 * @returns {DemoPad[]}
 */
function scenePads({ color, loops }) {
	return loops.map(([name, title, synthesise], part) => ({
		file: `${name}.wav`,
		title,
		settings: {
			loop: true,
			launchMode: "toggle",
			sync: "repitch",
			lengthBeats: LOOP_BEATS,
			launchQuantum: BEATS_PER_BAR,
			stopQuantum: BEATS_PER_BAR,
			chokeGroup: part + 1,
		},
		color,
		bits: 16,
		peakDecibels: LOOP_PEAKS[part] ?? 0,
		synthesise,
	}));
}
