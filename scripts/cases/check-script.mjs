import { spawnSync } from "node:child_process";

/**
 * Runs a script of a folder. It prints the differences it finds and exits with a code other than 0.
 *
 * @param {string} folder
 * @param {string} script
 * @returns {string[]} the differences
 */
export function checkScript(folder, script) {
	const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	if (status === 0) return [];
	const lines = `${stdout}${stderr}`.trim().split("\n");
	return [`exits with ${signal ?? `code ${status}`}`, ...lines];
}
