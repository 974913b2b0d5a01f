// Plays for minutes or hours: 32 voices, random commands, endless loading: `npm run soak -- --minutes 30`, after a build.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./ensure-programs.mjs";
import { allSounds, ensureSounds, fewSounds } from "./ensure-sounds.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Memory grows for about a minute, so a shorter soak cannot show that it is flat. */
const LEAST_MINUTES = 2;
const USAGE =
	"npm run soak -- [--minutes 2 or more] [--seed S] [--threading auto|shared|messages] [--sounds few|all] [--attempts N]";

/** The validated arguments. @throws {Error} with the usage */
function readArguments() {
	const text = (/** @type {string} */ value) => /** @type {const} */ ({ type: "string", default: value });
	const { values } = parseArgs({
		options: {
			minutes: text("30"),
			seed: text("1"),
			threading: text("auto"),
			sounds: text("few"),
			attempts: text("1"),
		},
	});
	const isRight =
		Number(values.minutes) >= LEAST_MINUTES &&
		/^\d+$/.test(values.seed) &&
		/^[1-9]\d*$/.test(values.attempts) &&
		["auto", "shared", "messages"].includes(values.threading) &&
		["few", "all"].includes(values.sounds);
	if (!isRight) throw new Error(USAGE);
	return values;
}

try {
	const { minutes, seed, threading, sounds, attempts } = readArguments();
	ensurePrograms(["chromium", "pulseaudio"]);
	ensureSounds(sounds === "all" ? allSounds : fewSounds);
	const command = ["playwright", "test", "--config=tests/stress/stress.config.ts", "--reporter=list", "soak.stress.ts"];
	const settings = {
		SOAK_MINUTES: minutes,
		SOAK_SEED: seed,
		SOAK_THREADING: threading,
		SOAK_SOUNDS: sounds,
		SOAK_ATTEMPTS: attempts,
	};
	const env = { ...process.env, ...settings };
	const shell = process.platform === "win32";
	process.exitCode = spawnSync("npx", command, { cwd: ROOT, env, shell, stdio: "inherit" }).status ?? 1;
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
