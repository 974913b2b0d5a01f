// Songs of OpenTTD's free music set, played by a synthesizer: their files say their tempo.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeMono, RATE } from "./drum-kits.mjs";
import { RenderError } from "./render-song.mjs";

const FOLDER = "/usr/share/games/openttd/baseset/openmsx";
const SOUND_FONT = "/usr/share/sounds/sf2/TimGM6mb.sf2";
/** Of each song, from its start. */
const SECONDS = 90;

/**
 * The tempos and meters that a Standard MIDI File names.
 *
 * @param {Buffer} bytes
 */
function readMidi(bytes) {
	const tempos = new Set();
	const meters = new Set();
	for (let at = 14; at + 8 <= bytes.length; ) {
		const end = at + 8 + bytes.readUInt32BE(at + 4);
		for (const { type, data } of metaEvents(bytes.subarray(at + 8, end))) {
			if (type === 0x51) tempos.add(60_000_000 / data.readUIntBE(0, 3));
			if (type === 0x58) meters.add(data[0]);
		}
		at = end;
	}
	return { tempos: [...tempos], meters: [...meters] };
}

/** @param {Buffer} track */
function* metaEvents(track) {
	let at = 0;
	let status = 0;
	const variable = () => {
		let value = 0;
		for (;;) {
			const byte = track[at++] ?? 0;
			value = value * 128 + (byte & 127);
			if (byte < 128) return value;
		}
	};
	while (at < track.length) {
		variable();
		if ((track[at] ?? 0) >= 128) status = track[at++] ?? 0;
		if (status === 0xff) {
			const type = track[at++] ?? 0;
			const length = variable();
			yield { type, data: track.subarray(at, at + length) };
			at += length;
		} else if (status >= 0xf0) {
			at += variable();
		} else {
			at += status >> 4 === 0xc || status >> 4 === 0xd ? 1 : 2;
		}
	}
}

/** @returns {string[]} names of the songs that have one tempo from start to end */
export function midiSongs() {
	const names = readdirSync(FOLDER).filter((name) => name.endsWith(".mid"));
	return names.filter((name) => readMidi(readFileSync(join(FOLDER, name))).tempos.length === 1).toSorted();
}

/** @param {string} name @returns {import("./render-track.mjs").Recording} */
export function renderMidiSong(name) {
	const { tempos, meters } = readMidi(readFileSync(join(FOLDER, name)));
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-score-"));
	try {
		const wave = join(folder, "song.wav");
		const args = ["-ni", "-r", String(RATE), "-g", "0.6", "-F", wave, SOUND_FONT, join(FOLDER, name)];
		const { status, stderr } = spawnSync("fluidsynth", args, { encoding: "utf8" });
		if (status !== 0) throw new RenderError(name, `fluidsynth ended with ${status}: ${stderr}`);
		const samples = decodeMono(wave).slice(0, SECONDS * RATE);
		const beatsPerBar = meters.length === 1 && meters[0] === 3 ? 3 : 4;
		const truth = {
			name: `midi ${name}`,
			style: "midi",
			bpm: tempos[0] ?? 0,
			firstBeatSec: 0,
			beatsPerBar,
			key: null,
			hitsSec: [],
		};
		return { samples, truth };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
