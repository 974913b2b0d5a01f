// Builds the documentation's site from the documents and the doc comments into .build/site: `npm run docs`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SITE = join(ROOT, ".build/site");
const SAMPLES = ["kick.wav", "drum-loop.wav", "break.wav"];

/** @param {string[]} command */
function run([program = "", ...args]) {
	const shell = process.platform === "win32";
	const { status } = spawnSync(program, args, { cwd: ROOT, shell, stdio: ["ignore", "inherit", "inherit"] });
	if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed, so there is no site.`);
}

try {
	run(["npm", "run", "build"]);
	run(["npx", "-w", "site", "typedoc"]);
	// What the live examples run.
	cpSync(join(ROOT, "packages/engine/dist"), join(SITE, "engine"), {
		recursive: true,
		filter: (path) => statSync(path).isDirectory() || /\.(?:js|wasm)$/.test(path),
	});
	mkdirSync(join(SITE, "samples"), { recursive: true });
	for (const sample of SAMPLES) cpSync(join(ROOT, "apps/looper/dist/demo", sample), join(SITE, "samples", sample));
	process.stdout.write(`${SITE}\n`);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
