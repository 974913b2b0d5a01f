// @ts-check
// Synthesises the demo set into the app's public folder for the build and the development server, unless it is there. The sounds
// are computed, not recorded, so the repository holds no audio and no third-party rights apply.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeDemo } from "./write-demo.mjs";

const SOURCES = fileURLToPath(new URL(".", import.meta.url));
const DEMO = fileURLToPath(new URL("../public/demo/", import.meta.url));
const STATE_FOLDER = fileURLToPath(new URL("../.build/", import.meta.url));
/** Says what the demo set was made by. */
const STATE = join(STATE_FOLDER, "demo.sha256");

/** Identifies the code that makes it. */
function hashOfSources() {
	const hash = createHash("sha256");
	for (const file of readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).toSorted()) {
		if (file.endsWith(".mjs")) hash.update(`${file}\n`).update(readFileSync(join(SOURCES, file)));
	}
	return hash.digest("hex");
}

const wanted = hashOfSources();
const isThere = existsSync(join(DEMO, "set.json")) && existsSync(STATE) && readFileSync(STATE, "utf8") === wanted;
if (!isThere) {
	await writeDemo(DEMO);
	mkdirSync(STATE_FOLDER, { recursive: true });
	writeFileSync(STATE, wanted);
}
