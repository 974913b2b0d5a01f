// Packs the engine, installs it into projects of many kinds and lets each be heard: `npm run fixtures`, after a build.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./ensure-programs.mjs";
import { fixtures } from "./fixtures/catalogue.mjs";
import { installProject, packEngine } from "./fixtures/project.mjs";
import { describeRow, writeTable } from "./fixtures/table.mjs";

/** @typedef {import("./fixtures/table.mjs").Row} Row */

/**
 * Tries everything that a fixture is for.
 *
 * @param {import("./fixtures/catalogue.mjs").Fixture} fixture
 * @param {string} folder - where the packed engine lies
 * @returns {Promise<Row[]>}
 */
async function tryFixture({ name, attempts }, folder) {
	/** @type {Row[]} */
	const rows = [];
	const add = (/** @type {Row} */ row) => {
		rows.push(row);
		process.stdout.write(`${describeRow(row)}\n`);
	};
	/** @type {string} */
	let project;
	try {
		project = await installProject(name, folder);
	} catch (error) {
		add({ name, attempt: "npm install", hasPassed: false, seen: messageOf(error) });
		return rows;
	}
	for (const [attempt, run] of Object.entries(attempts)) {
		try {
			add({ name, attempt, hasPassed: true, seen: await run(project) });
		} catch (error) {
			add({ name, attempt, hasPassed: false, seen: messageOf(error) });
		}
	}
	return rows;
}

/** @param {unknown} error */
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}

/** @param {readonly string[]} only - names of fixtures; none means all @param {boolean} keep @returns {Promise<boolean>} whether all passed */
async function tryAll(only, keep) {
	const names = fixtures.map(({ name }) => name);
	const unknown = only.filter((name) => !names.includes(name));
	if (unknown.length > 0)
		throw new Error(`There is no fixture ${unknown.join(", ")}. Choose from ${names.join(", ")}.`);
	ensurePrograms(["chromium"]);
	const folder = mkdtempSync(join(tmpdir(), "looper-fixtures-"));
	if (keep) process.stdout.write(`The projects are in ${folder}\n`);
	// Interrupted, too.
	else process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	await packEngine(folder);
	/** @type {Row[]} */
	const rows = [];
	for (const fixture of fixtures)
		if (only.length === 0 || only.includes(fixture.name)) rows.push(...(await tryFixture(fixture, folder)));
	process.stdout.write(`\n${writeTable(rows)}`);
	return rows.every(({ hasPassed }) => hasPassed);
}

try {
	const { values } = parseArgs({
		options: {
			only: { type: "string", multiple: true, default: [] },
			keep: { type: "boolean", default: false },
		},
	});
	process.exitCode = (await tryAll(values.only, values.keep)) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${messageOf(error)}\n`);
	process.exitCode = 2;
}
