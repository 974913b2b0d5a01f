// Loads real recordings in Chromium while 32 loops play: `npm run stress -- --files 1000`, after a build.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./ensure-programs.mjs";
import { allSounds, ensureSounds } from "./ensure-sounds.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

try {
	const { values } = parseArgs({ options: { files: { type: "string", default: "1000" } } });
	if (!/^[1-9]\d*$/.test(values.files)) throw new Error(`--files must be a positive number, not ${values.files}.`);
	ensurePrograms(["chromium", "pulseaudio"]);
	ensureSounds(allSounds);
	const command = [
		"playwright",
		"test",
		"--config=tests/stress/stress.config.ts",
		"--reporter=line",
		"many-files.stress.ts",
	];
	const env = { ...process.env, STRESS_FILES: values.files };
	const shell = process.platform === "win32";
	process.exitCode = spawnSync("npx", command, { cwd: ROOT, env, shell, stdio: "inherit" }).status ?? 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
