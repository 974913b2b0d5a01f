// Finds the required programs, builds, runs the tests in Node and in browsers, and sums up the counts.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { ensurePrograms } from "./ensure-programs.mjs";
import { ensureSounds, fewSounds } from "./ensure-sounds.mjs";
import { describeDuration } from "./verify/report.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RESULTS = join(ROOT, ".build/test-results");
const VITEST_RESULTS = join(RESULTS, "vitest.json");

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

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A run that failed without a failed test, because a file did not load, counts as one failure. @param {boolean} succeeded @param {Counts} counts */
function judged(succeeded, counts) {
	return { ...counts, failed: succeeded ? counts.failed : Math.max(1, counts.failed) };
}

function testInNode() {
	const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_RESULTS}`];
	const succeeded = run("tests in Node", ["npx", "vitest", "run", ...reporters]);
	/** @type {Record<"numPassedTests" | "numFailedTests" | "numPendingTests" | "numTodoTests", number>} */
	const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
		readFileSync(VITEST_RESULTS, "utf8"),
	);
	return judged(succeeded, { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests });
}

/** @param {string} stage @param {string} files - a part of their paths */
function testInBrowsers(stage, files) {
	const results = join(RESULTS, `playwright${files}.json`);
	const command = ["npx", "playwright", "test", "--config=tests/playwright.config.ts", "--reporter=list,json", files];
	const succeeded = run(stage, command, { PLAYWRIGHT_JSON_OUTPUT_NAME: results });
	/** @type {{ stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number> }} */
	const { stats } = JSON.parse(readFileSync(results, "utf8"));
	if (stats.flaky > 0) process.stdout.write(`${stats.flaky} of the tests passed only on a retry.\n`);
	return judged(succeeded, { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped });
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
		testInBrowsers("the engine in three browsers", ".suite.ts"),
		testInBrowsers("instrument and loudspeaker", ".spec.ts"),
	];
	const sum = (/** @type {keyof Counts} */ key) => runs.reduce((total, counts) => total + counts[key], 0);
	const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
	process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}\n`);
	return sum("passed") > 0 && sum("failed") + sum("skipped") === 0;
}

try {
	process.exitCode = test() ? 0 : 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
