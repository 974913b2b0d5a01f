// Finds the required programs, builds, runs the tests in Node and in browsers, and sums up the counts.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { ensurePrograms } from "./ensure-programs.mjs";
import { ensureSounds, fewSounds } from "./ensure-sounds.mjs";
import { describeFailures, OUTCOME_FILE, readOutcome } from "./test/outcome.mjs";
import { describeDuration } from "./verify/report.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RESULTS = join(ROOT, ".build/test-results");

/**
 * @param {string} stage
 * @param {string[]} command
 * @param {Record<string, string>} [environment]
 * @returns {boolean} whether it succeeded
 */
function run(stage, [program = "", ...args], environment = {}) {
	process.stdout.write(`\n== ${stage}: ${program} ${args.join(" ")}\n`);
	const env = { ...process.env, ...environment };
	const shell = process.platform === "win32";
	const start = performance.now();
	const { status } = spawnSync(program, args, { cwd: ROOT, env, shell, stdio: ["ignore", "inherit", "inherit"] });
	process.stdout.write(`== ${stage}: ${describeDuration((performance.now() - start) / 1000)}\n`);
	return status === 0;
}

/**
 * What a test runner did. A run that failed without a failed test counts as one failure.
 *
 * @param {string} stage
 * @param {string[]} command
 * @returns {import("./test/outcome.mjs").Outcome}
 */
function outcomeOf(stage, command) {
	const file = join(RESULTS, `${stage.replaceAll(" ", "-")}.json`);
	const succeeded = run(stage, command, { [OUTCOME_FILE]: file });
	const outcome = readOutcome(file);
	if (outcome.retried > 0) process.stdout.write(`${outcome.retried} of the tests passed only on a retry.\n`);
	const isUnexplained = !succeeded && outcome.failures.length === 0;
	const unexplained = isUnexplained ? [{ name: stage, reason: "it ended with an error and no failed test" }] : [];
	return { ...outcome, failures: [...outcome.failures, ...unexplained] };
}

function testInNode() {
	const reporters = ["default", "./scripts/test/vitest-reporter.mjs"].map((reporter) => `--reporter=${reporter}`);
	return outcomeOf("tests in Node", ["npx", "vitest", "run", ...reporters]);
}

/** @param {string} stage @param {string} files - a part of their paths @param {string[]} options */
function testInBrowsers(stage, files, ...options) {
	const reporters = "--reporter=list,./scripts/test/playwright-reporter.mjs";
	const command = ["npx", "playwright", "test", "--config=tests/playwright.config.ts", reporters, ...options, files];
	return outcomeOf(stage, command);
}

/** @returns {boolean} whether every test ran and passed */
function test() {
	rmSync(RESULTS, { recursive: true, force: true });
	mkdirSync(RESULTS, { recursive: true });
	process.stdout.write("== programs\n");
	const start = performance.now();
	ensurePrograms();
	ensureSounds(fewSounds);
	process.stdout.write(`== programs: ${describeDuration((performance.now() - start) / 1000)}\n`);
	if (!run("build", ["npm", "run", "build"])) throw new Error("The build failed, so nothing was tested.");
	const runs = [
		testInNode(),
		testInBrowsers("the engine in three browsers", ".suite.ts", "--workers=2"),
		testInBrowsers("instrument and loudspeaker", ".spec.ts"),
	];
	const sum = (/** @type {"passed" | "skipped"} */ key) => runs.reduce((total, outcome) => total + outcome[key], 0);
	const failures = runs.flatMap((outcome) => outcome.failures);
	const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
	if (failures.length > 0) process.stdout.write(`\n${describeFailures(failures)}\n`);
	process.stdout.write(`\n${sum("passed")} passed, ${failures.length} failed${skipped}\n`);
	return sum("passed") > 0 && failures.length + sum("skipped") === 0;
}

try {
	process.exitCode = test() ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
