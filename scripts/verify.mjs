// Runs every proof in full, one after the other, and keeps what came of it in docs/proofs.md: `npm run verify`.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./ensure-programs.mjs";
import { describeCommit, describeMachine } from "./verify/machine.mjs";
import { describeDuration, readableOutput, writeDocument } from "./verify/report.mjs";
import { stages } from "./verify/stages.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DOCUMENT = join(ROOT, "docs/proofs.md");
/** Lines of a proof's output that are kept. */
const KEPT_LINES = 40;

/**
 * Runs a command, shows what it says and keeps it.
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
async function prove({ name, claim, command, progress }, position) {
	process.stdout.write(`\n== ${position} ${name}: ${claim}\n   ${command.join(" ")}\n`);
	const start = performance.now();
	const { succeeded, output } = await run(command);
	const seconds = (performance.now() - start) / 1000;
	process.stdout.write(`== ${name}: ${succeeded ? "proved" : "FAILED"} in ${describeDuration(seconds)}\n`);
	const lines = output.split("\n").filter((line) => progress === undefined || !progress.test(line));
	return {
		name,
		claim,
		command: command.join(" "),
		isProved: succeeded,
		seconds,
		when: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
		commit: describeCommit(ROOT),
		machine: describeMachine(),
		output: readableOutput(lines.join("\n"), ROOT, KEPT_LINES),
	};
}

/** @param {readonly string[]} only - names of proofs; none means all @returns {Promise<boolean>} whether all succeeded */
async function proveAll(only) {
	const names = stages.map(({ name }) => name);
	const unknown = only.filter((name) => !names.includes(name));
	if (unknown.length > 0) throw new Error(`There is no proof ${unknown.join(", ")}; there are ${names.join(", ")}.`);
	ensurePrograms();
	const { succeeded } = await run(["npm", "run", "build"]);
	if (!succeeded) throw new Error("The build failed, so nothing was proved.");
	const wanted = stages.filter(({ name }) => only.length === 0 || only.includes(name));
	const results = [];
	for (const [index, stage] of wanted.entries()) {
		results.push(await prove(stage, `${index + 1}/${wanted.length}`));
		// After each, so that a run that is broken off leaves what it has proved.
		const previous = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "";
		writeFileSync(DOCUMENT, writeDocument(previous, results, names));
	}
	process.stdout.write("\n");
	for (const { name, isProved, seconds } of results) {
		process.stdout.write(`${name.padEnd(20)} ${isProved ? "proved" : "FAILED"}  ${describeDuration(seconds)}\n`);
	}
	return results.every(({ isProved }) => isProved);
}

try {
	const { values } = parseArgs({ options: { only: { type: "string", multiple: true, default: [] } } });
	process.exitCode = (await proveAll(values.only)) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
