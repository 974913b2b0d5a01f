import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeFailures, OUTCOME_FILE, readOutcome } from "./outcome.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const reporter = (runner: string) => join(ROOT, `scripts/test/${runner}-reporter.mjs`);

/** Inside of the repository, so that the runners are found. */
let folder = "";

beforeEach(() => {
	folder = mkdtempSync(join(ROOT, "scripts/.build/outcome-"));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

function outcomeOf(runner: "vitest" | "playwright", ...args: readonly string[]) {
	const file = join(folder, "outcome.json");
	const command = ["--no-install", runner, ...args, `--reporter=${reporter(runner)}`];
	spawnSync("npx", command, { cwd: folder, env: { ...process.env, [OUTCOME_FILE]: file } });
	return readOutcome(file);
}

const TESTS = `
	test("passes", () => {});
	test("fails", () => { throw new Error("the reason"); });
	test.skip("is skipped", () => {});
`;

test("Vitest's outcome counts tests and names what failed, with errors outside of tests", () => {
	writeFileSync(join(folder, "vitest.config.mjs"), "export default { test: { include: ['*.check.mjs'] } };");
	writeFileSync(join(folder, "mixed.check.mjs"), `import { test } from "vitest";${TESTS}`);
	writeFileSync(join(folder, "broken.check.mjs"), 'throw new Error("does not load");');
	writeFileSync(
		join(folder, "late.check.mjs"),
		`import { test } from "vitest"; test("passes", async () => {
			void Promise.reject(new Error("nobody waits"));
			await new Promise((resolve) => setTimeout(resolve, 50));
		});`,
	);
	const { failures, ...counts } = outcomeOf("vitest", "run");
	expect(counts).toStrictEqual({ passed: 2, skipped: 1, retried: 0 });
	expect(new Set(failures.map(({ name }) => name.split(" › ").at(-1)))).toStrictEqual(
		new Set(["an error outside of tests", "broken.check.mjs", "fails"]),
	);
	expect(failures).toHaveLength(3);
	for (const words of ["the reason", "does not load", "nobody waits"]) {
		expect(failures.filter(({ reason }) => reason.includes(words))).toHaveLength(1);
	}
});

test("Playwright's outcome counts tests and names what failed", () => {
	writeFileSync(join(folder, "mixed.check.mjs"), `import { test } from "@playwright/test";${TESTS}`);
	writeFileSync(join(folder, "playwright.config.mjs"), "export default { testMatch: '*.check.mjs' };");
	const { failures, ...counts } = outcomeOf("playwright", "test");
	expect(counts).toStrictEqual({ passed: 1, skipped: 1, retried: 0 });
	expect(failures).toHaveLength(1);
	expect(failures[0]?.name).toContain("fails");
	expect(failures[0]?.reason).toContain("the reason");
});

test("a long reason is cut, and colours go", () => {
	const reason = `\u001B[31mred\u001B[0m\n${"line\n".repeat(100)}`;
	const text = describeFailures([{ name: "one", reason }]);
	expect(text).toMatch(/^FAILED: one\n {4}red\n {4}line\n/);
	expect(text.split("\n")).toHaveLength(27);
	expect(text).toMatch(/…$/);
});
