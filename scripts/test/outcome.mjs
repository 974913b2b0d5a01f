import { readFileSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ name: string, reason: string }} Failure */
/** @typedef {{ passed: number, skipped: number, retried: number, failures: Failure[] }} Outcome */

/** The variable that names the file for the outcome. */
export const OUTCOME_FILE = "TEST_OUTCOME_FILE";

const MOST_LINES = 25;
const LONGEST_LINE = 300;

/** What a test runner's reporter saw. @param {Outcome} outcome */
export function writeOutcome(outcome) {
	const file = env[OUTCOME_FILE];
	if (file === undefined) throw new Error(`${OUTCOME_FILE} does not name a file`);
	writeFileSync(file, JSON.stringify(outcome));
}

/** @param {string} file @returns {Outcome} */
export function readOutcome(file) {
	return JSON.parse(readFileSync(file, "utf8"));
}

/** The failures at the end of a long log, where they are looked for. @param {Failure[]} failures */
export function describeFailures(failures) {
	return failures
		.map(({ name, reason }) => {
			const lines = stripVTControlCharacters(reason).trim().split("\n");
			const shown = lines.slice(0, MOST_LINES).map((line) => `    ${line.slice(0, LONGEST_LINE)}`);
			return [`FAILED: ${name}`, ...shown, ...(lines.length > MOST_LINES ? ["    …"] : [])].join("\n");
		})
		.join("\n\n");
}
