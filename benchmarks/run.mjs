// Runs the benchmarks in sequence, each in its own process: `npm run bench`, or `npm run bench -- NAME…`.
// Options after the names are passed to each of them: `npm run bench -- load-chromium --formats wav,mp3 --songs 8`.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./tasks/", import.meta.url));
const tasks = readdirSync(folder)
	.filter((file) => file.endsWith(".mjs"))
	.map((file) => file.slice(0, -".mjs".length));
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith("--"));
const wanted = firstOption === -1 ? words : words.slice(0, firstOption);
const options = firstOption === -1 ? [] : words.slice(firstOption);
const unknown = wanted.filter((name) => !tasks.includes(name));
if (unknown.length > 0) {
	process.stderr.write(`There is no benchmark ${unknown.join(", ")}. Choose from ${tasks.join(", ")}.\n`);
	process.exit(2);
}

for (const task of wanted.length > 0 ? wanted : tasks) {
	process.stdout.write(`\n== ${task}\n`);
	const { status } = spawnSync(process.execPath, [`${folder}${task}.mjs`, ...options], { stdio: "inherit" });
	if (status !== 0) process.exitCode = 1;
}
