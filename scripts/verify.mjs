// Runs every stage of the verification in sequence and writes a report to .build/verification.md: `npm run verify`.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./ensure-programs.mjs";
import { describeCommit, describeMachine } from "./verify/machine.mjs";
import { describeDuration, readableOutput, writeReport } from "./verify/report.mjs";
import { stages } from "./verify/stages.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const REPORT = join(ROOT, ".build/verification.md");
/** Lines of a stage's output that are kept. */
const KEPT_LINES = 40;

/**
 * Runs a command, shows its output and keeps it.
 *
 * @param {readonly string[]} command
 * @returns {Promise<{ succeeded: boolean, output: string }>}
 */
function run([program = "", ...args]) {
	const child = spawn(program, args, {
		cwd: ROOT,
		shell: process.platform === "win32",
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const [stream, target] of /** @type {const} */ ([
		[child.stdout, process.stdout],
		[child.stderr, process.stderr],
	])) {
		stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
			output += text;
			target.write(text);
		});
	}
	return new Promise((resolve) => {
		child.on("error", (error) => resolve({ succeeded: false, output: `${output}\n${error.message}` }));
		child.on("close", (status) => resolve({ succeeded: status === 0, output }));
	});
}

/** @param {import("./verify/stages.mjs").Stage} stage @param {string} position */
async function verify({ name, claim, command, progress }, position) {
	process.stdout.write(`\n== ${position} ${name}: ${claim}\n   ${command.join(" ")}\n`);
	const start = performance.now();
	const { succeeded, output } = await run(command);
	const seconds = (performance.now() - start) / 1000;
	process.stdout.write(`== ${name}: ${succeeded ? "passed" : "FAILED"} in ${describeDuration(seconds)}\n`);
	const lines = output.split("\n").filter((line) => progress === undefined || !progress.test(line));
	return {
		name,
		claim,
		command: command.join(" "),
		hasPassed: succeeded,
		seconds,
		when: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
		commit: describeCommit(ROOT),
		machine: describeMachine(),
		output: readableOutput(lines.join("\n"), ROOT, KEPT_LINES),
	};
}

/** @param {readonly string[]} only - names of stages; none means all @returns {Promise<boolean>} whether all passed */
async function verifyAll(only) {
	const names = stages.map(({ name }) => name);
	const unknown = only.filter((name) => !names.includes(name));
	if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join(", ")}. Choose from ${names.join(", ")}.`);
	ensurePrograms();
	// The suites that the tests leave out, too (tests/playwright.config.ts).
	process.env["EVERY_SUITE"] = "1";
	const { succeeded } = await run(["npm", "run", "build"]);
	if (!succeeded) throw new Error("The build failed, so nothing was verified.");
	const wanted = stages.filter(({ name }) => only.length === 0 || only.includes(name));
	mkdirSync(dirname(REPORT), { recursive: true });
	const results = [];
	for (const [index, stage] of wanted.entries()) {
		results.push(await verify(stage, `${index + 1}/${wanted.length}`));
		// Write after each stage, so that an interrupted run keeps its results.
		const previous = existsSync(REPORT) ? readFileSync(REPORT, "utf8") : "";
		writeFileSync(REPORT, writeReport(previous, results, names));
	}
	process.stdout.write("\n");
	for (const { name, hasPassed, seconds } of results) {
		process.stdout.write(`${name.padEnd(20)} ${hasPassed ? "passed" : "FAILED"}  ${describeDuration(seconds)}\n`);
	}
	return results.every(({ hasPassed }) => hasPassed);
}

try {
	const { values } = parseArgs({ options: { only: { type: "string", multiple: true, default: [] } } });
	process.exitCode = (await verifyAll(values.only)) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
