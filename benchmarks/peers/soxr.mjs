import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Compiles soxr.c, which runs libsoxr alone.
 *
 * @param {string} folder - destination of the program
 * @returns {string | null} the program, null if the compiler or the library is missing
 */
export function compileSoxr(folder) {
	const program = join(folder, "soxr");
	const source = fileURLToPath(new URL("./soxr.c", import.meta.url));
	const { CC = "cc" } = process.env;
	const { status } = spawnSync(CC, ["-O2", source, "-o", program, "-lsoxr"], { stdio: "inherit" });
	return status === 0 ? program : null;
}
