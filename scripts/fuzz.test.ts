import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

function fuzz(...args: readonly string[]): { status: number | null; output: string } {
	const script = fileURLToPath(new URL("./fuzz.mjs", import.meta.url));
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
	return { status, output: stdout + stderr };
}

test("200 damaged files over all formats: each ends once, nothing leaks, and the engine keeps playing", () => {
	const { status, output } = fuzz("--count", "200", "--seed", "20");
	expect(output).toMatch(/200 damaged files, seed 20: 0 faults\n$/);
	expect(status).toBe(0);
});

test("invalid arguments are errors with the usage", () => {
	for (const args of [
		["--count", "many"],
		["--seed", "-1"],
		["--first", "1.5"],
		["--speed", "1"],
	]) {
		expect(fuzz(...args).status).toBe(2);
	}
	expect(fuzz("--count", "many").output).toContain("--count must be an integer");
});
