import { decodeMono, heldOutKitNames, RATE } from "./drum-kits.mjs";
import { hydrogenSongs, renderHydrogenSong } from "./hydrogen-songs.mjs";
import { lmmsProjects, renderLmmsProject } from "./lmms-projects.mjs";
import { midiSongs, renderMidiSong } from "./midi-songs.mjs";
import { renderTrack } from "./render-track.mjs";

/** @typedef {import("./render-track.mjs").Recording} Recording */
/** @typedef {{ name: string, isLoop: boolean, items: readonly { half: "tuning" | "last", make: () => Recording }[] }} Corpus */

const LOOPS = "/usr/share/sonic-pi/samples";
/** Loops of Sonic Pi that are a whole number of beats, and of how many, as we count them. @type {Record<string, number>} */
const BEATS = {
	loop_amen: 4,
	loop_amen_full: 16,
	loop_breakbeat: 4,
	loop_compus: 16,
	loop_electric: 4,
	loop_garzul: 16,
	loop_industrial: 2,
	loop_mehackit1: 4,
	loop_mehackit2: 4,
	loop_mika: 16,
	loop_perc1: 4,
	loop_perc2: 4,
	loop_safari: 16,
	loop_tabla: 16,
	loop_weirdo: 8,
};

/** @param {number} index @returns {"tuning" | "last"} */
const halfOf = (index) => (index % 2 === 0 ? "tuning" : "last");

/** @param {string} name @param {number} beats @returns {Recording} */
function readLoop(name, beats) {
	const samples = decodeMono(`${LOOPS}/${name}.flac`);
	const bpm = (60 * beats * RATE) / samples.length;
	return { samples, truth: { name, style: "sonic-pi", bpm, firstBeatSec: 0, beatsPerBar: 4, key: null, hitsSec: [] } };
}

/** A seed beyond those with which anything was tuned. */
const FIRST_HELD_OUT_SEED = 30_001;

/** Loops of drums alone: generated ones of other kits than the score's, and Sonic Pi's. @param {number} count - of generated ones */
export function drumLoops(count) {
	/** @type {Recording[]} */
	const generated = [];
	for (let seed = FIRST_HELD_OUT_SEED; generated.length < count; seed++) {
		const loop = renderTrack(seed, { kind: "loop", kits: heldOutKitNames });
		if (loop.truth.key === null) generated.push(loop);
	}
	return {
		"drums of kits held out": generated,
		"Sonic Pi": Object.entries(BEATS).map(([name, beats]) => readLoop(name, beats)),
	};
}

/** Everything that is scored; rendered or read when its turn comes. @param {number} count - of generated recordings per class @returns {Corpus[]} */
export function corpora(count) {
	/** @template T @param {readonly T[]} all @param {(one: T) => Recording} make */
	const halved = (all, make) => all.map((one, index) => ({ half: halfOf(index + 1), make: () => make(one) }));
	const seeds = Array.from({ length: count }, (_, index) => index + 1);
	const generated = (/** @type {"track" | "loop"} */ kind) => halved(seeds, (seed) => renderTrack(seed, { kind }));
	return [
		{ name: "generated tracks", isLoop: false, items: generated("track") },
		{ name: "generated loops", isLoop: true, items: generated("loop") },
		{ name: "OpenTTD songs", isLoop: false, items: halved(midiSongs(), renderMidiSong) },
		{ name: "Hydrogen songs", isLoop: false, items: halved(hydrogenSongs(), renderHydrogenSong) },
		{ name: "LMMS projects", isLoop: false, items: halved(lmmsProjects(), renderLmmsProject) },
		{
			name: "Sonic Pi loops",
			isLoop: true,
			items: halved(Object.entries(BEATS), ([name, beats]) => readLoop(name, beats)),
		},
	];
}
