import { join } from "node:path";
import { LooperError } from "flitzis-looper";
import { describeDifference } from "./compare.mjs";

/** @typedef {import("./case-harness.mjs").CaseHarness} CaseHarness */
/** @typedef {import("./case-harness.mjs").Sound} Sound */
/** @typedef {import("./case-file.mjs").FileExpectation} FileExpectation */
/** @typedef {import("./case-file.mjs").Piece} Piece */

const PEAK_TOLERANCE = 1e-6;

/** @param {unknown} error @returns {LooperError} @throws any other error */
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
	if (refusal === null) return [`loads; expected ${error}`];
	const isDue = refusal.code === error && refusal.message.includes(message);
	return isDue ? [] : [`${describe(refusal)}; expected ${error} "${message}"`];
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
	return [`the warnings ${JSON.stringify(warnings)}; expected ${JSON.stringify(due)}`];
}

/** Strict mode rejects exactly the files with a warning. @param {Promise<unknown>} load @param {readonly string[]} due */
async function checkStrict(load, due) {
	const refusal = await load.then(() => null, looperError);
	if (due.length > 0) return refusal === null ? ["strict mode accepts it; expected an error"] : [];
	return refusal === null ? [] : [`strict mode rejects it: ${describe(refusal)}`];
}

/** @param {readonly Piece[]} pieces @param {(file: string) => Promise<Sound>} render */
async function joinPieces(pieces, render) {
	/** @type {Float32Array[][]} */
	const parts = [];
	for (const piece of pieces) {
		if (typeof piece === "number") parts.push([new Float32Array(piece), new Float32Array(piece)]);
		else {
			const [file, from, to] = piece;
			const { channelData } = await render(file);
			parts.push(channelData.map((samples) => samples.slice(from, to)));
		}
	}
	return [0, 1].map((channel) => Float32Array.from(parts.flatMap((part) => [...(part[channel] ?? [])])));
}

/** @param {Sound} sound @param {FileExpectation} expectation @param {(file: string) => Promise<Sound>} render */
async function checkSound({ channelData }, { sameAs, pieces, withinDecibels = null }, render) {
	/** @type {string[]} */
	const faults = [];
	if (sameAs !== undefined) {
		const difference = describeDifference(channelData, (await render(sameAs)).channelData, withinDecibels);
		if (difference !== null) faults.push(`not the same as ${sameAs}: ${difference}`);
	}
	if (pieces !== undefined) {
		const difference = describeDifference(channelData, await joinPieces(pieces, render), withinDecibels);
		if (difference !== null) faults.push(`not the expected pieces: ${difference}`);
	}
	return faults;
}

/**
 * Loads a file and compares it with its expectation.
 *
 * @param {CaseHarness} harness
 * @param {string} folder
 * @param {string} file
 * @param {FileExpectation} expectation
 * @returns {Promise<string[]>} the differences
 */
export async function checkFile(harness, folder, file, expectation) {
	const path = join(folder, file);
	try {
		if (expectation.error !== undefined) return await checkRefusal(harness.rateOf(path), expectation);
		const { warnings = [] } = expectation;
		const engineRate = expectation.engineRate ?? (await harness.rateOf(path));
		/** @param {string} other */
		const render = (other) => harness.render(join(folder, other), engineRate);
		const sound = await render(file);
		return [
			...checkNumbers(sound.info, expectation),
			...checkWarnings(sound.info.warnings, warnings),
			...(await checkStrict(harness.load(path, engineRate, { strict: true }), warnings)),
			...(await checkSound(sound, expectation, render)),
		];
	} catch (error) {
		return [`does not load: ${describe(looperError(error))}`];
	}
}
