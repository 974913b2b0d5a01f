import { spawnSync } from "node:child_process";

/**
 * Runs a script of a folder. One that finds a difference prints it and ends with another code than 0.
 *
 * @param {string} folder
 * @param {string} script
 * @returns {string[]} what differs
 */
export function checkScript(folder, script) {
	const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	if (status === 0) return [];
	const lines = `${stdout}${stderr}`.trim().split("\n");
	return [`it ends with ${signal ?? `code ${status}`}`, ...lines];
}
