import { stripVTControlCharacters } from "node:util";

/**
 * The report keeps the last output of every stage: a table, then a section per stage, so that a stage that runs by
 * itself replaces only its own section.
 */

/**
 * The outcome of a stage.
 *
 * @typedef {object} StageResult
 * @property {string} name
 * @property {string} claim what it verifies
 * @property {string} command reproduces it
 * @property {boolean} hasPassed
 * @property {number} seconds
 * @property {string} when date and time
 * @property {string} commit
 * @property {string} machine
 * @property {string} output its last lines
 */

const HEAD = `# Verification report

The last run of each stage. \`npm run verify\` runs them all and writes this file; \`npm run verify -- --only NAME\` runs one and
replaces its section. What the stages show: docs/verification.md.
`;

const VERDICT = /^\*\*(passed|FAILED)\*\* in (.+?), (.+?), commit (.+)$/m;
const CLAIM = /^> (.+)$/m;

/** @param {number} seconds */
export function describeDuration(seconds) {
	const whole = Math.round(seconds);
	return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Removes colours, the folder's path and npm's own warnings. @param {string} text @param {string} root @param {number} most - lines */
export function readableOutput(text, root, most) {
	const lines = stripVTControlCharacters(text)
		.replaceAll("\r", "\n")
		.replaceAll(root.replace(/\/$/, ""), ".")
		.split("\n")
		.map((line) => line.trimEnd())
		.filter((line) => line !== "" && !/^(npm warn|> )/.test(line));
	return lines.slice(-most).join("\n");
}

/** @param {StageResult} result */
function section({ name, claim, command, hasPassed, seconds, when, commit, machine, output }) {
	const verdict = `**${hasPassed ? "passed" : "FAILED"}** in ${describeDuration(seconds)}, ${when}, commit ${commit}`;
	return `## ${name}\n\n> ${claim}\n\n\`${command}\`\n\n${verdict}\n\n${machine}\n\n\`\`\`text\n${output}\n\`\`\`\n`;
}

/** @param {string} text @returns {Map<string, string>} the sections by name */
function sectionsOf(text) {
	const parts = text.split(/^(?=## )/m).slice(1);
	return new Map(parts.map((part) => [/^## (.+)$/m.exec(part)?.[1] ?? "", part]));
}

/** @param {string} name @param {string} text */
function row(name, text) {
	const [, verdict, duration, when] = VERDICT.exec(text) ?? [];
	return `| [${name}](#${name}) | ${CLAIM.exec(text)?.[1] ?? ""} | ${verdict} | ${duration} | ${when} |`;
}

/**
 * Updates the report with results.
 *
 * @param {string} previous - the existing report, or ""
 * @param {readonly StageResult[]} results
 * @param {readonly string[]} names - of all stages, in order; sections of others are removed
 */
export function writeReport(previous, results, names) {
	const sections = sectionsOf(previous);
	for (const result of results) sections.set(result.name, `${section(result)}\n`);
	const kept = names.flatMap((name) => {
		const text = sections.get(name);
		return text === undefined ? [] : [{ name, text: `${text.trimEnd()}\n` }];
	});
	const rows = kept.map(({ name, text }) => row(name, text));
	const table = ["| stage | what it shows | result | took | when |", "|---|---|---|---|---|", ...rows].join("\n");
	return `${HEAD}\n${table}\n\n${kept.map(({ text }) => text).join("\n")}`;
}
