import { parseArgs } from "node:util";

/** The range of cases to run. @typedef {{ count: number, seed: number, first: number, keep: string | null }} FuzzArguments */

const USAGE = "npm run fuzz -- [--count N] [--seed S] [--first CASE] [--keep FOLDER]";

/**
 * Reads the command line.
 *
 * @param {string[]} args
 * @returns {FuzzArguments}
 * @throws Error with the problem and the usage.
 */
export function readArguments(args) {
	const text = /** @type {const} */ ({ type: "string" });
	const { values } = parseArgs({ args, options: { count: text, seed: text, first: text, keep: text } });
	return {
		count: wholeNumber("count", values.count ?? "1000"),
		seed: wholeNumber("seed", values.seed ?? "1"),
		first: wholeNumber("first", values.first ?? "0"),
		keep: values.keep ?? null,
	};
}

/** @param {string} name @param {string} text */
function wholeNumber(name, text) {
	const value = Number(text);
	if (/^\d+$/.test(text) && value < 2 ** 32) return value;
	throw new Error(`--${name} must be an integer from 0 to ${2 ** 32 - 1}, not ${text}.\n${USAGE}`);
}
