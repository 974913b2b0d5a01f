// Hydrogen's demo songs: drums alone, whose files say their tempo.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RATE } from "./drum-kits.mjs";
import { renderSong } from "./render-song.mjs";

const FOLDER = "/usr/share/hydrogen/data/demo_songs";
/** Of a pattern, 48 a beat. */
const TICKS_OF_THREE_BEATS = 144;

/**
 * The tempo and the meter that a song names.
 *
 * @param {string} name
 */
function readSong(name) {
	const text = readFileSync(join(FOLDER, name), "utf8");
	const sizes = [...text.matchAll(/<size>(\d+)<\/size>/g)].map(([, size]) => Number(size));
	return {
		bpm: Number(text.match(/<bpm>([\d.]+)<\/bpm>/)?.[1]),
		beatsPerBar: sizes.every((size) => size === TICKS_OF_THREE_BEATS) ? 3 : 4,
		// Tempo markers are listed even where the song does not follow them.
		hasOneTempo: !text.includes("<newBPM>"),
	};
}

/** @returns {string[]} names of the songs that have one tempo from start to end */
export function hydrogenSongs() {
	const names = readdirSync(FOLDER).filter((name) => name.endsWith(".h2song"));
	return names.filter((name) => readSong(name).hasOneTempo).toSorted();
}

/** @param {string} name @returns {import("./render-track.mjs").Recording} */
export function renderHydrogenSong(name) {
	const { bpm, beatsPerBar } = readSong(name);
	const song = join(FOLDER, name);
	// With "auto" it waits 25 s for a JACK server; no driver plays anything while it exports.
	const samples = renderSong(name, (wave) => ["h2cli", "-d", "alsa", "-s", song, "-r", String(RATE), "-o", wave]);
	const truth = { name, style: "hydrogen", bpm, firstBeatSec: 0, beatsPerBar, key: null, hitsSec: [] };
	return { samples, truth };
}
