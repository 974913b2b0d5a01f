// @ts-check
import { CHORDS } from "./chords.mjs";
import { clap, closedHat, highTom, kick, lowTom, openHat, rim, snare } from "./drums.mjs";
import { ride, shaker, vinyl } from "./hits.mjs";
import { bellNote, pluckedNote } from "./leads.mjs";
import { bassLoop, chordLoop, drumLoop, inHall, lineLoop, percussionLoop } from "./loops.mjs";

/** @typedef {import("../synthesis/signal.mjs").Channels} Channels */
/** @typedef {import("./loops.mjs").Note} Note */

/**
 * Four loops of two bars that belong together: drums, percussion, bass and harmony. Every loop of one scene fits every loop of another:
 * all go through the same four chords, half a bar each.
 *
 * @typedef {object} Scene
 * @property {number} beatsPerMinute
 * @property {string} color
 * @property {readonly (readonly [name: string, title: string, synthesise: () => Channels])[]} loops
 */

/** @type {readonly Note[]} */
const RUNNING_BASS = [
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
];

/** @type {readonly Note[]} */
const LONG_BASS = [
	[0, "A1", 6.5],
	[8, "F1", 6.5],
	[16, "C2", 4.5],
	[22, "C2", 1.5],
	[24, "G1", 6.5],
];

/** A fourth below the other scenes' line. @type {readonly Note[]} */
const DEEP_BASS = [
	[0, "E1", 3.5],
	[5, "E1", 1],
	[6, "E2", 1.5],
	[8, "C2", 3.5],
	[14, "B1", 1.5],
	[16, "G1", 3.5],
	[21, "G1", 1],
	[22, "G2", 1.5],
	[24, "D2", 3.5],
	[30, "D2", 1.5],
];

/** The notes of the four chords, in pairs up and down. @type {readonly Note[]} */
const ARPEGGIO = [
	"A3",
	"C4",
	"E4",
	"A4",
	"F3",
	"A3",
	"C4",
	"F4",
	"C4",
	"E4",
	"G4",
	"C5",
	"G3",
	"B3",
	"D4",
	"G4",
].flatMap((pitch, index) => [
	/** @type {Note} */ ([2 * index, pitch, 4]),
	...(index % 4 === 3 ? [/** @type {Note} */ ([2 * index + 1, pitch, 2])] : []),
]);

/** A fourth below the other scenes' chords. @type {readonly Note[]} */
const BELLS = [
	[0, "E4", 8],
	[3, "B4", 8],
	[6, "D5", 8],
	[10, "G4", 8],
	[12, "E5", 8],
	[16, "G4", 8],
	[19, "B4", 8],
	[22, "D5", 8],
	[26, "A4", 8],
	[28, "D5", 8],
];

/**
 * The scenes in pad order. The first is slower, and a fourth lower: sped up to the tempo of the others it is in their key. So the loops of
 * all fit at any tempo.
 *
 * @type {readonly Scene[]}
 */
export const SCENES = [
	{
		beatsPerMinute: 90,
		color: "#8f7cf0",
		loops: [
			["break", "Break", breakLoop],
			["shaker-loop", "Shaker", shakerLoop],
			["deep-bass", "Deep bass", () => bassLoop(90, DEEP_BASS)],
			["bell-loop", "Bells", bellLoop],
		],
	},
	{
		beatsPerMinute: 120,
		color: "#38b48b",
		loops: [
			["half-time", "Half-time", halfTimeLoop],
			["tom-loop", "Toms", tomLoop],
			["long-bass", "Long bass", () => bassLoop(120, LONG_BASS)],
			["arpeggio", "Arpeggio", arpeggioLoop],
		],
	},
	{
		beatsPerMinute: 120,
		color: "#e070b8",
		loops: [
			["drum-loop", "Drums", fourToTheFloor],
			["hat-loop", "Hats", hatLoop],
			["bass-loop", "Bass line", () => bassLoop(120, RUNNING_BASS)],
			["chord-loop", "Chords", () => chordLoop(120, CHORDS)],
		],
	},
];

function breakLoop() {
	return drumLoop(90, [
		[kick(), "9..5 .... ..9. .... 9..5 ..6. ..9. ...."],
		[snare(), ".... 9..2 .2.. 9... .... 9..2 .2.. 9.35", 0.8],
		[closedHat(), "7.5. 7.5. 7.5. 7.5.", 0.4, 0.2],
	]);
}

function shakerLoop() {
	return percussionLoop(90, [
		[shaker(), "7364", 1, -0.4],
		[rim(), "..6. ...7 .... 6...", 0.4, 0.4],
		[vinyl(), "9... .... .... .... .... .... .... ....", 0.25],
	]);
}

function bellLoop() {
	// Harmonic, so that notes that ring on together agree.
	const harmonicBell = (/** @type {string} */ pitch) => bellNote(pitch, 2);
	return inHall(lineLoop(90, BELLS, harmonicBell), 2);
}

function halfTimeLoop() {
	return drumLoop(120, [
		[kick(), "9... .... ..7. .... 9... ...6 .... ...."],
		[snare(), ".... .... 9... .... .... .... 9... ..35", 0.7],
		[clap(), ".... .... 9... ....", 0.4],
	]);
}

function tomLoop() {
	return percussionLoop(120, [
		[lowTom(), "8..5 ..6. .... 7... 8..5 ..6. .... ..78", 0.8, -0.3],
		[highTom(), ".... .... 7.5. .... .... .... 7.5. 6...", 0.7, 0.3],
		[ride(), "6...", 0.35],
	]);
}

function arpeggioLoop() {
	const pluckedAside = (/** @type {string} */ pitch, /** @type {number} */ seconds) => [pluckedNote(pitch, seconds)];
	return inHall(lineLoop(120, ARPEGGIO, pluckedAside), 1.4);
}

function fourToTheFloor() {
	return drumLoop(120, [
		[kick(), "9... 9... 9... 9..4 9... 9... 9.6. 9..."],
		[clap(), ".... 9... .... 9...", 0.55],
		[snare(), ".... 7... .... 7..2 .... 7... .2.. 7.35", 0.6],
	]);
}

function hatLoop() {
	return percussionLoop(120, [
		[closedHat(), "8.35 ..36 8.35 ..36 8.35 ..36 8.35 ..57", 0.8, 0.15],
		[openHat(), "..8. ..8. ..8. ..8.", 0.5, 0.15],
		[shaker(), "5276", 0.8, -0.5],
		[rim(), "...7 ..6. ..7. .... ...7 ..6. .7.. 5...", 0.45, 0.45],
	]);
}
