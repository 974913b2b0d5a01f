import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The expectation for one file. `tests/cases/README.md` describes the keys.
 *
 * @typedef {object} FileExpectation
 * @property {number} [frames]
 * @property {number} [channels]
 * @property {number} [sampleRate] - of the file
 * @property {number} [engineRate]
 * @property {readonly string[]} [warnings]
 * @property {string} [sameAs]
 * @property {readonly Piece[]} [pieces]
 * @property {number | null} [withinDecibels]
 * @property {number} [peak]
 * @property {number} [peakTolerance]
 * @property {string} [error]
 * @property {string} [message]
 */

/** Frames of another file of the folder, or a number of silent frames. @typedef {readonly [file: string, from: number, to: number] | number} Piece */

/**
 * A case folder.
 *
 * @typedef {object} CaseFolder
 * @property {string} name
 * @property {string} path
 * @property {ReadonlyMap<string, FileExpectation>} files
 * @property {readonly string[]} scripts
 * @property {readonly string[]} faults - of the folder itself: missing, misspelt or unlisted entries
 */

const CASE_FILE = "case.json";
const NOTES = new Set([CASE_FILE, "EXPECTED.md", "README.md"]);
const FOLDER_KEYS = new Set(["reference", "files", "scripts"]);

/** Validates each key's value. @type {Readonly<Record<string, (value: unknown) => boolean>>} */
const fileKeys = {
	frames: isCount,
	channels: isCount,
	sampleRate: isCount,
	engineRate: isCount,
	warnings: isListOfTexts,
	sameAs: isText,
	pieces: (value) => Array.isArray(value) && value.every(isPiece),
	withinDecibels: (value) => value === null || typeof value === "number",
	peak: isNumber,
	peakTolerance: isNumber,
	error: isText,
	message: isText,
};

/** @param {unknown} value */
function isNumber(value) {
	return typeof value === "number";
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
	return typeof value === "string" && value !== "";
}

/** @param {unknown} value @returns {value is number} */
function isCount(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** @param {unknown} value @returns {value is string[]} */
function isListOfTexts(value) {
	return Array.isArray(value) && value.every(isText);
}

/** @param {unknown} value @returns {value is Piece} */
function isPiece(value) {
	if (!Array.isArray(value)) return isCount(value);
	const [file, from, to] = value;
	return value.length === 3 && isText(file) && isCount(from) && isCount(to) && from < to;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} file @param {unknown} value @returns {string[]} the faults of a file's entry */
function faultsOfEntry(file, value) {
	if (!isRecord(value)) return [`${file}: its entry in ${CASE_FILE} must be an object`];
	const wrong = Object.entries(value).flatMap(([key, entry]) => {
		if (!Object.hasOwn(fileKeys, key)) return [`${file}: "${key}" is not a key of ${CASE_FILE}`];
		return fileKeys[key]?.(entry) ? [] : [`${file}: "${key}" must not be ${JSON.stringify(entry)}`];
	});
	if (!("frames" in value) && !("error" in value)) wrong.push(`${file}: neither "frames" nor "error" is given`);
	return wrong;
}

/**
 * The files that a file is compared with.
 *
 * @param {FileExpectation} expectation
 * @returns {string[]}
 */
function filesComparedWith({ sameAs, pieces = [] }) {
	const inPieces = pieces.flatMap((piece) => (typeof piece === "number" ? [] : [piece[0]]));
	return sameAs === undefined ? inPieces : [sameAs, ...inPieces];
}

/**
 * Reads a folder and its expectations.
 *
 * @param {string} parent - the folder of all cases
 * @param {string} name
 * @returns {CaseFolder}
 */
export function readCaseFolder(parent, name) {
	const path = join(parent, name);
	const present = readdirSync(path);
	/** @param {string[]} faults @returns {CaseFolder} */
	const broken = (...faults) => ({ name, path, files: new Map(), scripts: [], faults });
	if (!present.includes(CASE_FILE)) return broken(`no ${CASE_FILE}`);
	/** @type {unknown} */
	let content;
	try {
		content = JSON.parse(readFileSync(join(path, CASE_FILE), "utf8"));
	} catch (error) {
		return broken(`${CASE_FILE}: ${error instanceof Error ? error.message : String(error)}`);
	}
	if (!isRecord(content)) return broken(`${CASE_FILE} must be an object`);
	const { reference, files: entries = {}, scripts = [] } = content;
	const faults = Object.keys(content)
		.filter((key) => !FOLDER_KEYS.has(key))
		.map((key) => `"${key}" is not a key of ${CASE_FILE}`);
	if (!isText(reference)) faults.push(`"reference" must name the source of the expected values`);
	if (!isRecord(entries)) return broken(...faults, `"files" must be an object`);
	if (!isListOfTexts(scripts)) return broken(...faults, `"scripts" must be a list of file names`);
	faults.push(...Object.entries(entries).flatMap(([file, entry]) => faultsOfEntry(file, entry)));
	if (faults.length > 0) return broken(...faults);
	const files = new Map(/** @type {[string, FileExpectation][]} */ (Object.entries(entries)));
	const named = new Set([...files.keys(), ...scripts, ...[...files.values()].flatMap(filesComparedWith)]);
	if (files.size + scripts.length === 0) faults.push(`${CASE_FILE} lists no files`);
	for (const file of present) {
		if (!named.has(file) && !NOTES.has(file)) faults.push(`${file} is not listed in ${CASE_FILE}`);
	}
	const absent = [...named].filter((file) => !present.includes(file));
	if (absent.length > 0) return broken(...faults, ...absent.map((file) => `${file} is listed but missing`));
	return { name, path, files, scripts, faults };
}
