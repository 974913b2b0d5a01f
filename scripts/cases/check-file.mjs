import { join } from "node:path";
import { LooperError } from "flitzis-looper";
import { describeDifference } from "./compare.mjs";

/** @typedef {import("./case-bench.mjs").CaseBench} CaseBench */
/** @typedef {import("./case-bench.mjs").Sound} Sound */
/** @typedef {import("./case-file.mjs").FileExpectation} FileExpectation */
/** @typedef {import("./case-file.mjs").Piece} Piece */

const PEAK_TOLERANCE = 1e-6;

/** @param {unknown} error @returns {LooperError} @throws what is no fault of a file */
function looperError(error) {
	if (error instanceof LooperError) return error;
	throw error;
}

/** @param {LooperError} error */
function describe({ code, message }) {
	return `${code} "${message}"`;
}

/** @param {Promise<unknown>} load @param {FileExpectation} expectation */
async function checkRefusal(load, { error = "", message = "" }) {
	const refusal = await load.then(() => null, looperError);
	if (refusal === null) return [`it loads, where ${error} is due`];
	const isDue = refusal.code === error && refusal.message.includes(message);
	return isDue ? [] : [`${describe(refusal)}, where ${error} "${message}" is due`];
}

/** @param {Sound["info"]} info @param {FileExpectation} expectation */
function checkNumbers({ frames, peak, channels, source }, expectation) {
	/** @type {string[]} */
	const faults = [];
	const { peakTolerance = PEAK_TOLERANCE } = expectation;
	if (frames !== expectation.frames) faults.push(`${frames} frames instead of ${expectation.frames}`);
	if (channels !== (expectation.channels ?? channels)) {
		faults.push(`${channels} channels instead of ${expectation.channels}`);
	}
	if (source.sampleRate !== (expectation.sampleRate ?? source.sampleRate)) {
		faults.push(`${source.sampleRate} Hz instead of ${expectation.sampleRate}`);
	}
	if (expectation.peak !== undefined && !(Math.abs(peak - expectation.peak) <= peakTolerance)) {
		faults.push(`a peak of ${peak} instead of ${expectation.peak} ± ${peakTolerance}`);
	}
	return faults;
}

/** @param {readonly string[]} warnings @param {readonly string[]} due */
function checkWarnings(warnings, due) {
	const isRight = warnings.length === due.length && due.every((text, index) => warnings[index]?.includes(text));
	if (isRight) return [];
	return [`the warnings ${JSON.stringify(warnings)}, where ${JSON.stringify(due)} are due`];
}

/** Strict mode refuses exactly what has a warning. @param {Promise<unknown>} load @param {readonly string[]} due */
async function checkStrict(load, due) {
	const refusal = await load.then(() => null, looperError);
	if (due.length > 0) return refusal === null ? ["strict accepts it, where it should refuse"] : [];
	return refusal === null ? [] : [`strict refuses it: ${describe(refusal)}`];
}

/** @param {readonly Piece[]} pieces @param {(file: string) => Promise<Sound>} hear */
async function joinPieces(pieces, hear) {
	/** @type {Float32Array[][]} */
	const parts = [];
	for (const piece of pieces) {
		if (typeof piece === "number") parts.push([new Float32Array(piece), new Float32Array(piece)]);
		else {
			const [file, from, to] = piece;
			const { channelData } = await hear(file);
			parts.push(channelData.map((samples) => samples.slice(from, to)));
		}
	}
	return [0, 1].map((channel) => Float32Array.from(parts.flatMap((part) => [...(part[channel] ?? [])])));
}

/** @param {Sound} sound @param {FileExpectation} expectation @param {(file: string) => Promise<Sound>} hear */
async function checkSound({ channelData }, { sameAs, pieces, withinDecibels = null }, hear) {
	/** @type {string[]} */
	const faults = [];
	if (sameAs !== undefined) {
		const difference = describeDifference(channelData, (await hear(sameAs)).channelData, withinDecibels);
		if (difference !== null) faults.push(`not the same as ${sameAs}: ${difference}`);
	}
	if (pieces !== undefined) {
		const difference = describeDifference(channelData, await joinPieces(pieces, hear), withinDecibels);
		if (difference !== null) faults.push(`not the pieces that are due: ${difference}`);
	}
	return faults;
}

/**
 * Loads a file and holds it against what is right.
 *
 * @param {CaseBench} bench
 * @param {string} folder
 * @param {string} file
 * @param {FileExpectation} expectation
 * @returns {Promise<string[]>} what differs
 */
export async function checkFile(bench, folder, file, expectation) {
	const path = join(folder, file);
	try {
		if (expectation.error !== undefined) return await checkRefusal(bench.rateOf(path), expectation);
		const { warnings = [] } = expectation;
		const engineRate = expectation.engineRate ?? (await bench.rateOf(path));
		/** @param {string} other */
		const hear = (other) => bench.hear(join(folder, other), engineRate);
		const sound = await hear(file);
		return [
			...checkNumbers(sound.info, expectation),
			...checkWarnings(sound.info.warnings, warnings),
			...(await checkStrict(bench.load(path, engineRate, { strict: true }), warnings)),
			...(await checkSound(sound, expectation, hear)),
		];
	} catch (error) {
		return [`it does not load: ${describe(looperError(error))}`];
	}
}
