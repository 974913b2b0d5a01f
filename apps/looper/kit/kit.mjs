// @ts-check
import { bassNote } from "./sounds/bass.mjs";
import { CHORDS, chord, stabChord } from "./sounds/chords.mjs";
import { clap, closedHat, highTom, kick, lowTom, openHat, rim, snare } from "./sounds/drums.mjs";
import { crash, impact, ride, riser, shaker, vinyl, zap } from "./sounds/hits.mjs";
import { bell, lead, pluck, voice } from "./sounds/leads.mjs";
import { bassLoop, chordLoop, drumLoop, percussionLoop } from "./sounds/loops.mjs";
import { finishLoop, finishOneShot } from "./synthesis/finish.mjs";

/** @typedef {import("./synthesis/signal.mjs").Channels} Channels */

/**
 * @typedef {object} KitPad
 * @property {string} file
 * @property {string} title - short enough for a pad
 * @property {boolean} loop
 * @property {string} color - one per family of sounds
 * @property {16 | 24} bits
 * @property {number} peakDecibels
 * @property {() => Channels} synthesise
 */

const CHORD_SECONDS = 1.6;
const BASS_SECONDS = 0.9;

/**
 * The sounds of the demo kit in pad order, four rows of eight.
 *
 * The peaks make the pads about equally loud. Those of the four loops add up to less than full scale at a master gain
 * of -6 dB, however the loops are offset.
 *
 * @type {readonly KitPad[]}
 */
export const KIT_PADS = [
	...family({ color: "#ef5b5b" }, [
		["kick", "Kick", -3, kick],
		["snare", "Snare", -4, snare],
		["clap", "Clap", -3, clap],
		["closed-hat", "Closed hat", -4, closedHat],
		["open-hat", "Open hat", -5, openHat],
		["low-tom", "Low tom", -4, lowTom],
		["high-tom", "High tom", -4, highTom],
		["rim", "Rim", -5, rim],
	]),
	...family({ color: "#f2a541" }, [
		["crash", "Crash", -6, crash],
		["ride", "Ride", -4, ride],
		["shaker", "Shaker", -5, shaker],
		["zap", "Zap", -7, zap],
		["vinyl", "Vinyl", -4, vinyl],
		["riser", "Riser", -8, riser],
		["impact", "Impact", -3, impact],
		["stab", "Stab", -4, () => stabChord(["A3", "C4", "E4", "A4"])],
	]),
	...family({ color: "#4f9de8", bits: 24 }, [
		["bass-a", "Bass A", -5, () => bassNote("A1", BASS_SECONDS)],
		["bass-f", "Bass F", -5, () => bassNote("F1", BASS_SECONDS)],
		["bass-c", "Bass C", -5, () => bassNote("C2", BASS_SECONDS)],
		["bass-g", "Bass G", -5, () => bassNote("G1", BASS_SECONDS)],
	]),
	...family({ color: "#8f7cf0" }, [
		["chord-am", "Am9", -6, () => chord(CHORDS.aMinor, CHORD_SECONDS)],
		["chord-f", "Fmaj9", -6, () => chord(CHORDS.fMajor, CHORD_SECONDS)],
		["chord-c", "Cadd9", -6, () => chord(CHORDS.cMajor, CHORD_SECONDS)],
		["chord-g", "G6", -6, () => chord(CHORDS.gMajor, CHORD_SECONDS)],
	]),
	...family({ color: "#38b48b" }, [
		["pluck", "Pluck", -4, pluck],
		["bell", "Bell", -9, bell],
		["lead", "Lead", -8, lead],
		["voice", "Voice", -6, voice],
	]),
	...family({ color: "#e070b8", loop: true }, [
		["drum-loop", "Drums", -6, drumLoop],
		["percussion-loop", "Hats", -9, percussionLoop],
		["bass-loop", "Bass line", -8, bassLoop],
		["chord-loop", "Chords", -9, chordLoop],
	]),
];

/**
 * Synthesises one sound of the kit in its final form.
 *
 * @param {KitPad} pad
 */
export function renderPad({ loop, peakDecibels, synthesise }) {
	return loop ? finishLoop(synthesise(), peakDecibels) : finishOneShot(synthesise(), peakDecibels);
}

/**
 * @param {{ color: string, loop?: boolean, bits?: 16 | 24 }} common
 * @param {[name: string, title: string, peakDecibels: number, synthesise: () => Channels][]} sounds
 * @returns {KitPad[]}
 */
function family({ color, loop = false, bits = 16 }, sounds) {
	return sounds.map(([name, title, peakDecibels, synthesise]) => ({
		file: `${name}.wav`,
		title,
		loop,
		color,
		bits,
		peakDecibels,
		synthesise,
	}));
}
