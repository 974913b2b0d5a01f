// How long does the engine take in Chromium to load songs into a 48 kHz bank, compared with decodeAudioData of the same files
// in a 48 kHz context, alternately? Each side loads all songs concurrently on all cores: from Blobs, like files dropped on a
// page, and from bytes in memory; each in a separate page, because both retain what they loaded. A trace of another round
// gives the longest task on the main thread during each load, in processor time.
//
// npm run bench -- load-chromium --formats wav,mp3 --songs 32 --rounds 3 --runs 1
//
// Prints every measurement, and at the end the table of docs/guide/loading.md: the median of each run's
// rounds, and the lowest and highest of several runs.
import { parseArgs } from "node:util";
import { openLoadPage, serveSongs } from "../load/load-page.mjs";
import { longestMainTaskMs } from "../load/main-thread-trace.mjs";
import { FORMATS, makeSongs, median } from "../load/songs.mjs";

/** @typedef {import("../load/load-page.mjs").Side} Side */
/** @typedef {import("../load/load-page.mjs").From} From */
/** @typedef {{ blobs: number, bytes: number, ours: number, theirs: number }} RunFigures */

/** Songs that a page loads before the measurement. */
const WARM_SONGS = 6;

/**
 * Names of the formats in the table, and the target share of decodeAudioData's time.
 *
 * @type {Readonly<Record<string, readonly [name: string, aim: string]>>}
 */
const COLUMNS = {
	wav: ["WAV", "0.35"],
	flac: ["FLAC", "0.85"],
	mp3: ["MP3", "1.0"],
	ogg: ["Ogg Vorbis", "1.0"],
	opus: ["Opus", "–"],
};

const { values: options } = parseArgs({
	options: {
		formats: { type: "string", default: Object.keys(FORMATS).join(",") },
		songs: { type: "string", default: "32" },
		rounds: { type: "string", default: "3" },
		runs: { type: "string", default: "1" },
	},
});
const formats = options.formats.split(",");
const unknown = formats.filter((format) => !Object.hasOwn(FORMATS, format));
if (unknown.length > 0) {
	throw new Error(`There is no format ${unknown.join(", ")}. Choose from ${Object.keys(FORMATS).join(", ")}.`);
}
const [songCount, rounds, runs] = [countOf("songs"), countOf("rounds"), countOf("runs")];

/** @param {"songs" | "rounds" | "runs"} option */
function countOf(option) {
	const count = Number(options[option]);
	if (!Number.isInteger(count) || count < 1) throw new Error(`--${option} must be a positive integer.`);
	return count;
}

/** Prints one line. @param {string[]} cells */
function print(...cells) {
	console.log(cells.map((cell) => cell.padEnd(9)).join(" "));
}

/** @param {Side} side @param {string} format @param {From} from */
function openPage(side, format, from) {
	return openLoadPage(server.origin, { side, format, from, count: songCount, warmCount: WARM_SONGS });
}

/** @param {Side} side @param {string} format @param {From} from */
async function loadMs(side, format, from) {
	const { browser, load } = await openPage(side, format, from);
	const milliseconds = await load();
	await browser.close();
	return milliseconds;
}

/** The median ratio of all rounds. @param {string} format @param {From} from */
async function ratioToTheirs(format, from) {
	const ratios = [];
	for (let round = 1; round <= rounds; round++) {
		const ours = await loadMs("ours", format, from);
		const theirs = await loadMs("theirs", format, from);
		ratios.push(ours / theirs);
		const seconds = [ours, theirs].map((milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`);
		print(format, from, `round ${round}`, ...seconds, (ours / theirs).toFixed(3));
	}
	return median(ratios);
}

/** @param {Side} side @param {string} format */
async function longestTaskMs(side, format) {
	const { browser, page, load } = await openPage(side, format, "blobs");
	const longest = await longestMainTaskMs(browser, page, load);
	await browser.close();
	return longest;
}

/** @param {string} format @returns {Promise<RunFigures>} */
async function measure(format) {
	const [blobs, bytes] = [await ratioToTheirs(format, "blobs"), await ratioToTheirs(format, "bytes")];
	const [ours, theirs] = [await longestTaskMs("ours", format), await longestTaskMs("theirs", format)];
	print(format, "task", "", `${ours.toFixed(1)} ms`, `${theirs.toFixed(1)} ms`);
	return { blobs, bytes, ours, theirs };
}

/** @param {readonly number[]} values @param {number} digits */
function range(values, digits) {
	const [low, high] = [Math.min(...values).toFixed(digits), Math.max(...values).toFixed(digits)];
	return low === high ? low : `${low}–${high}`;
}

/** @param {string} format @param {readonly RunFigures[]} figures */
function tableRow(format, figures) {
	const column = (/** @type {keyof RunFigures} */ key, /** @type {number} */ digits) =>
		range(
			figures.map((run) => run[key]),
			digits,
		);
	const tasks = `${column("ours", 1)} ms, ${column("theirs", 0)} ms`;
	const [name, aim] = COLUMNS[format] ?? [format, "–"];
	return `| ${name} | ${column("blobs", 2)} | ${column("bytes", 2)} | ${aim} | ${tasks} |`;
}

process.stderr.write(`Creating ${songCount} songs in ${formats.join(", ")} …\n`);
const songs = makeSongs(songCount, formats);
const server = await serveSongs(songs.files);
try {
	/** @type {Map<string, RunFigures[]>} */
	const figures = new Map(formats.map((format) => [format, []]));
	print("format", "from", "", "engine", "decodeAudioData", "ratio");
	for (let run = 1; run <= runs; run++) {
		if (runs > 1) console.log(`run ${run} of ${runs}`);
		for (const format of formats) figures.get(format)?.push(await measure(format));
	}
	const blobs = "of `decodeAudioData`'s time, from Blobs";
	const tasks = "longest task on the main thread, `decodeAudioData`'s";
	console.log(`\n| format | ${blobs} | from bytes | target | ${tasks} |`);
	console.log("|---|---|---|---|---|");
	for (const [format, ofRuns] of figures) console.log(tableRow(format, ofRuns));
} finally {
	server.close();
	songs.remove();
}
