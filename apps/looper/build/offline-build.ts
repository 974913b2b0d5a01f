import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { OfflineBuild } from "../src/offline/offline-build.ts";

/** Name of the service worker; it has to lie beside the page, and is always called the same. */
export const SERVICE_WORKER = "service-worker";

const PAGE = "index.html";

/** The files of a built folder, but for the service worker. */
function listBuild(folder: string): OfflineBuild {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath, entry.name)
				.slice(folder.length + 1)
				.replaceAll("\\", "/"),
		)
		.filter((file) => file !== `${SERVICE_WORKER}.js`)
		.toSorted();
	const hash = createHash("sha256");
	for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
	const pageHash = createHash("sha256")
		.update(readFileSync(join(folder, PAGE)))
		.digest("hex");
	return { version: hash.digest("hex").slice(0, 16), files, page: PAGE, pageHash };
}

/** Tells the service worker of a build what the build consists of. */
export function offlineBuild(): Plugin {
	let folder = "";
	return {
		name: "offline-build",
		apply: "build",
		configResolved({ root, build }) {
			folder = join(root, build.outDir);
		},
		closeBundle() {
			const script = join(folder, `${SERVICE_WORKER}.js`);
			const code = readFileSync(script, "utf8");
			// Browsers that know no modules there could not start it, and what it imports would not be kept.
			if (/^import\b/.test(code))
				throw new Error("The service worker must be one file. Share types with the page, no code.");
			writeFileSync(script, `const OFFLINE_BUILD=${JSON.stringify(listBuild(folder))};\n${code}`);
		},
	};
}
