/**
 * A style: steps of a sixteenth, "x" hard, "o" soft, "." silent, one or more bars long.
 *
 * @typedef {object} Style
 * @property {readonly [number, number]} bpm
 * @property {3 | 4} beatsPerBar
 * @property {Partial<Record<import("./drum-kits.mjs").Role, string>>} drums
 * @property {string} bass
 * @property {number} [swing] how late the off-beats of its finest notes are, as a share of a step
 * @property {2 | 4} [swungSteps] 2: sixteenths swing; 4: eighths
 */

/** @type {Record<string, Style>} */
export const styles = {
	house: {
		bpm: [116, 130],
		beatsPerBar: 4,
		drums: { kick: "x...x...x...x...", clap: "....x.......x...", hat: "..x...x...x...x.", open: "" },
		bass: "..x...x...x..xx.",
	},
	techno: {
		bpm: [126, 145],
		beatsPerBar: 4,
		drums: { kick: "x...x...x...x...", hat: "o.xoo.xoo.xoo.xo", ride: "..o...o...o...o." },
		bass: ".xxx.xxx.xxx.xxx",
	},
	rock: {
		bpm: [92, 150],
		beatsPerBar: 4,
		drums: { kick: "x.......x.x.....", snare: "....x.......x...", hat: "x.o.x.o.x.o.x.o." },
		bass: "x.x.x.x.x.x.x.x.",
	},
	pop: {
		bpm: [88, 128],
		beatsPerBar: 4,
		drums: { kick: "x.....x.x.......", snare: "....x.......x..o", hat: "x.x.x.x.x.x.x.x." },
		bass: "x.....x.x.....x.",
	},
	funk: {
		bpm: [90, 118],
		beatsPerBar: 4,
		drums: { kick: "x.x.......x..x..", snare: "....x..o.o..x..o", hat: "xoxoxoxoxoxoxoxo" },
		bass: "x..x..x...x..x..",
	},
	hiphop: {
		bpm: [88, 104],
		beatsPerBar: 4,
		drums: { kick: "x......x..x.....", snare: "....x.......x...", hat: "x.x.x.x.x.xox.x." },
		bass: "x......x..x.....",
		swing: 0.25,
		swungSteps: 2,
	},
	breaks: {
		bpm: [120, 140],
		beatsPerBar: 4,
		drums: { kick: "x.x.......xx....", snare: "....x..o.o..x..o", ride: "x.x.x.x.x.x.x.x." },
		bass: "x.....x...x.....",
	},
	drumAndBass: {
		bpm: [160, 175],
		beatsPerBar: 4,
		drums: { kick: "x.........x.....", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." },
		bass: "x.........x.....",
	},
	reggae: {
		bpm: [88, 98],
		beatsPerBar: 4,
		drums: { kick: "........x.......", clap: "........x.......", hat: "x.o.x.o.x.o.x.oo" },
		bass: "x...x.....x.x...",
	},
	waltz: {
		bpm: [90, 165],
		beatsPerBar: 3,
		drums: { kick: "x...........", snare: "....o...o...", hat: "x...x...x...", ride: "" },
		bass: "x...........",
	},
	shuffle: {
		bpm: [96, 140],
		beatsPerBar: 4,
		drums: { kick: "x.......x.......", snare: "....x.......x...", hat: "x.o.x.o.x.o.x.o." },
		bass: "x...x...x...x...",
		swing: 0.6667,
		swungSteps: 4,
	},
	latin: {
		bpm: [100, 130],
		beatsPerBar: 4,
		drums: { kick: "x.....x.x.....x.", clap: "x..x..x...x.x...", hat: "x.xxx.xxx.xxx.xx" },
		bass: "......x.....x...",
	},
};

/** Chords as steps of a scale, one per bar; none that is as much another key's. */
export const progressions = {
	major: [
		[0, 4, 5, 3],
		[0, 3, 4, 4],
		[0, 5, 3, 4],
		[0, 1, 4, 0],
		[0, 3, 0, 4],
	],
	minor: [
		[0, 3, 4, 0],
		[0, 5, 3, 4],
		[0, 6, 0, 4],
		[0, 3, 0, 4],
		[0, 0, 3, 4],
	],
};

/** Semitones of the scales; the minor one is harmonic where a chord stands on its fifth step. */
export const scales = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] };
