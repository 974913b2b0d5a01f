// Sends millions of commands from three threads concurrently and checks every one: `npm run messages -- --count 10000000`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const USAGE = "npm run messages -- [--count N] [--seed S], N per threading, up to 40000000";
const MOST = 40_000_000;

try {
	const text = (/** @type {string} */ value) => /** @type {const} */ ({ type: "string", default: value });
	const { values } = parseArgs({ options: { count: text("10000000"), seed: text("1") } });
	const isRight = /^[1-9]\d*$/.test(values.count) && Number(values.count) <= MOST && /^\d+$/.test(values.seed);
	if (!isRight) throw new Error(USAGE);
	const command = ["vitest", "run", "packages/engine/test/messages.test.ts"];
	const env = { ...process.env, MESSAGES: values.count, MESSAGE_SEED: values.seed };
	const shell = process.platform === "win32";
	process.exitCode = spawnSync("npx", command, { cwd: ROOT, env, shell, stdio: "inherit" }).status ?? 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
