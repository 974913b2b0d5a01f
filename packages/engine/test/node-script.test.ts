import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFile, temporaryFolder } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

const tune = (): string =>
	temporaryFile("tune.wav", writeWave(music(480, 48_000, 2), { coding: "f32", sampleRate: 48_000, channels: 2 }));

/** Runs a script like a user of the package. @returns its output. */
function runScript(
	script: string,
	...args: readonly string[]
): { stdout: string; stderr: string; status: number | null } {
	const cwd = fileURLToPath(new URL("..", import.meta.url));
	const command = ["--input-type=module", "-e", script, ...args];
	const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd, encoding: "utf8" });
	return { stdout, stderr, status };
}

test("a script on Node's command line loads, and Node exits after shutDown", () => {
	const script = `
		import { AudioEngine } from "flitzis-looper";
		const engine = new AudioEngine({ output: "offline" });
		await engine.run();
		const { frames } = await engine.loadSample(0, process.argv[1]);
		await engine.shutDown();
		process.stdout.write(String(frames));`;
	expect(runScript(script, tune())).toEqual({ stdout: "480", stderr: "", status: 0 });
});

test("a loader thread that reads several pipes closes them through Node", () => {
	const script = `
		import { execFileSync } from "node:child_process";
		import { readFileSync } from "node:fs";
		import { writeFile } from "node:fs/promises";
		import { AudioEngine } from "flitzis-looper";
		const engine = new AudioEngine({ output: "offline", loaderThreads: 1 });
		await engine.run();
		const [file, ...pipes] = process.argv.slice(1);
		execFileSync("mkfifo", pipes);
		for (const pipe of pipes) {
			const loading = engine.loadSample(0, pipe);
			await writeFile(pipe, readFileSync(file));
			await loading;
		}
		await engine.shutDown();`;
	const folder = temporaryFolder();
	const pipes = ["first", "second", "third"].map((name) => join(folder, name));
	expect(runScript(script, tune(), ...pipes)).toEqual({ stdout: "", stderr: "", status: 0 });
});
