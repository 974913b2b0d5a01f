// Fails if a package in package-lock.json has a disallowed licence or an address on a private network.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * The parts of package-lock.json that matter here.
 *
 * @typedef {{ license?: string, version?: string, resolved?: string, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

const ALLOWED = new Set([
	"0BSD",
	"Apache-2.0",
	"BlueOak-1.0.0",
	"BSD-2-Clause",
	"BSD-3-Clause",
	"CC0-1.0",
	"ISC",
	"MIT",
	"MIT-0",
	"MPL-2.0",
	"Unlicense",
]);

/** Packages allowed under the LGPL, because users can replace the file that contains them. */
const ALLOWED_FOR = new Map([["codec-parser", "LGPL-3.0-or-later"]]);

const PACKAGES_FOLDER = "node_modules/";

/**
 * Whether an SPDX expression permits an allowed licence.
 *
 * @param {string} expression - without nested parentheses
 * @param {string} name - the package's
 */
function isAllowed(expression, name) {
	const isAllowedLicence = (/** @type {string} */ id) => ALLOWED.has(id) || ALLOWED_FOR.get(name) === id;
	return expression
		.replace(/^\((.*)\)$/, "$1")
		.split(" OR ")
		.some((choice) => choice.split(" AND ").every(isAllowedLicence));
}

/**
 * The problems of the locked packages, one sentence each.
 *
 * @param {LockFile} lockFile
 * @returns {string[]}
 */
export function lockFileProblems({ packages }) {
	/** @type {string[]} */
	const problems = [];
	for (const [path, { license, resolved, version, link }] of Object.entries(packages)) {
		// The others belong to this workspace.
		if (!path.includes(PACKAGES_FOLDER) || link) continue;
		const name = path.slice(path.lastIndexOf(PACKAGES_FOLDER) + PACKAGES_FOLDER.length);
		if (license === undefined || !isAllowed(license, name)) {
			problems.push(`${name} ${version} is under ${license ?? "no known licence"}, which is not allowed.`);
		}
		if (resolved !== undefined) {
			problems.push(`${name} ${version} is locked to ${resolved}. Remove the address, so that it installs everywhere.`);
		}
	}
	return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	/** @type {LockFile} */
	const lockFile = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
	const problems = lockFileProblems(lockFile);
	for (const problem of problems) process.stderr.write(`package-lock.json: ${problem}\n`);
	if (problems.length > 0) process.exitCode = 1;
}
