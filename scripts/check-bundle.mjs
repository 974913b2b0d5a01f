// Holds what the instrument's page loads before its first sight to a size.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const APP = fileURLToPath(new URL("../apps/looper/dist", import.meta.url));
const MOST_BYTES = 120_000;

/** The entry, and every script that it imports statically. */
const scripts = [
	...readFileSync(join(APP, "index.html"), "utf8").matchAll(
		/<(?:script type="module"|link rel="modulepreload")[^>]*? (?:src|href)="([^"]+\.js)"/g,
	),
].map(([, path = ""]) => path);
const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(APP, path))).length, 0);
const isSmall = scripts.length > 0 && bytes <= MOST_BYTES;
process.stdout.write(
	`${scripts.length} scripts before the first sight: ${bytes} bytes gzip of at most ${MOST_BYTES}.${
		isSmall ? "" : " Load what is not needed there as a part (apps/looper/src/parts)."
	}\n`,
);
process.exitCode = isSmall ? 0 : 1;
