// Loads the files of tests/cases and prints the differences from their case.json: `npm run cases`, `npm run cases -- loud-lossy`.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCaseFolder } from "./cases/case-file.mjs";
import { CaseHarness } from "./cases/case-harness.mjs";
import { checkFile } from "./cases/check-file.mjs";
import { checkScript } from "./cases/check-script.mjs";

const CASES = fileURLToPath(new URL("../tests/cases", import.meta.url));
const USAGE = "npm run cases -- [--in FOLDER] [NAME…]";

/** @param {string[]} args */
function readArguments(args) {
	const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { in: { type: "string" } } });
	const parent = values.in ?? CASES;
	const entries = readdirSync(parent, { withFileTypes: true });
	const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
	const unknown = positionals.filter((name) => !names.includes(name));
	if (unknown.length > 0) throw new Error(`There is no case ${unknown.join(", ")} in ${parent}.\n${USAGE}`);
	if (names.length === 0) throw new Error(`There are no cases in ${parent}.\n${USAGE}`);
	return { parent, names: positionals.length > 0 ? positionals : names };
}

/** @param {CaseHarness} harness @param {import("./cases/case-file.mjs").CaseFolder} folder @returns {Promise<string[]>} the differences */
async function checkFolder(harness, { path, files, scripts, faults }) {
	const differences = [...faults];
	for (const [file, expectation] of files) {
		const found = await checkFile(harness, path, file, expectation);
		differences.push(...found.map((difference) => `${file}: ${difference}`));
	}
	for (const script of scripts) {
		differences.push(...checkScript(path, script).map((difference) => `${script}: ${difference}`));
	}
	return differences;
}

/** @param {{ parent: string, names: readonly string[] }} settings @returns {Promise<boolean>} whether everything is right */
async function runCases({ parent, names }) {
	const harness = new CaseHarness();
	let wrongCount = 0;
	try {
		for (const name of names) {
			const folder = readCaseFolder(parent, name);
			const differences = await checkFolder(harness, folder);
			if (differences.length > 0) wrongCount++;
			const parts = [
				`${folder.files.size} files`,
				...(folder.scripts.length > 0 ? [`${folder.scripts.length} scripts`] : []),
			];
			const verdict = differences.length === 0 ? parts.join(", ") : `${differences.length} differences`;
			process.stdout.write(`${name.padEnd(24)} ${verdict}\n`);
			for (const difference of differences) process.stdout.write(`  ${difference}\n`);
		}
	} finally {
		await harness.end();
	}
	process.stdout.write(`${names.length} cases, ${wrongCount} of them differ\n`);
	return wrongCount === 0;
}

try {
	process.exitCode = (await runCases(readArguments(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
