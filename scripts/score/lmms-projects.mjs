// LMMS's demo projects, whose files say their tempo; some name twice the tempo that one taps to.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inflateSync } from "node:zlib";
import { RATE } from "./drum-kits.mjs";
import { renderSong } from "./render-song.mjs";

const FOLDERS = ["/usr/share/lmms/projects/demos", "/usr/share/lmms/projects/shorties"];
/** A compressed project begins with its length. */
const LENGTH_BYTES = 4;

/**
 * The attributes of a project's head.
 *
 * @param {string} path
 */
function readHead(path) {
	const bytes = readFileSync(path);
	const text = String(path.endsWith(".mmpz") ? inflateSync(bytes.subarray(LENGTH_BYTES)) : bytes);
	const head = text.match(/<head [^>]*>/)?.[0] ?? "";
	const attribute = (/** @type {string} */ name) => Number(head.match(new RegExp(`\\b${name}="([\\d.]+)"`))?.[1]);
	return { bpm: attribute("bpm"), beatsPerBar: attribute("timesig_numerator") === 3 ? 3 : 4 };
}

/** @returns {string[]} paths of the projects that have one tempo from start to end; one that moves is no attribute */
export function lmmsProjects() {
	const paths = FOLDERS.flatMap((folder) =>
		readdirSync(folder, { encoding: "utf8", recursive: true }).map((name) => join(folder, name)),
	);
	return paths.filter((path) => /\.mmpz?$/.test(path) && readHead(path).bpm > 0).toSorted();
}

/** @param {string} path @returns {import("./render-track.mjs").Recording} */
export function renderLmmsProject(path) {
	const { bpm, beatsPerBar } = readHead(path);
	const name = basename(path);
	const options = ["-f", "wav", "-s", String(RATE), "-x", "1"];
	const samples = renderSong(name, (wave) => ["lmms", "--allowroot", "render", path, ...options, "-o", wave]);
	return { samples, truth: { name, style: "lmms", bpm, firstBeatSec: 0, beatsPerBar, key: null, hitsSec: [] } };
}
