// Finds the programs that the tests run, or installs them: Debian's packages when root, Playwright's Chromium elsewhere.
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

/**
 * What a host offers for finding and installing programs.
 *
 * @typedef {object} Host
 * @property {string} searchPath - folders to look in, as in PATH
 * @property {boolean} isRoot
 * @property {string | null} playwrightChromium - where Playwright keeps its own Chromium, downloaded or not
 * @property {(command: string, args: string[]) => boolean} run - runs a command to its end; whether it succeeded
 */

/** Each program's names, the likeliest first, and its package in Debian. */
const PROGRAMS = {
	chromium: { names: ["chromium", "chromium-browser", "google-chrome"], debianPackage: "chromium" },
	ffmpeg: { names: ["ffmpeg"], debianPackage: "ffmpeg" },
	firefox: { names: ["firefox-esr", "firefox"], debianPackage: "firefox-esr" },
	flac: { names: ["flac"], debianPackage: "flac" },
	opusdec: { names: ["opusdec"], debianPackage: "opus-tools" },
	pacat: { names: ["pacat"], debianPackage: "pulseaudio-utils" },
	parec: { names: ["parec"], debianPackage: "pulseaudio-utils" },
	pulseaudio: { names: ["pulseaudio"], debianPackage: "pulseaudio" },
	sox: { names: ["sox"], debianPackage: "sox" },
	WebKitWebDriver: { names: ["WebKitWebDriver"], debianPackage: "webkit2gtk-driver" },
	Xvfb: { names: ["Xvfb"], debianPackage: "xvfb" },
};

/** @typedef {keyof typeof PROGRAMS} ProgramName */

/** @param {string} text @returns {text is ProgramName} */
function isProgramName(text) {
	return Object.hasOwn(PROGRAMS, text);
}

/** Every program the tests run. */
export const programNames = Object.keys(PROGRAMS).filter(isProgramName);

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}

/** @param {string} command @param {string[]} args */
function runVisibly(command, args) {
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	// What an installer says goes to stderr, so that stdout stays for the caller.
	return spawnSync(command, args, { env, stdio: ["ignore", 2, 2] }).status === 0;
}

/** @returns {Host} */
function thisHost() {
	const { PATH = "" } = process.env;
	return {
		searchPath: PATH,
		isRoot: process.getuid?.() === 0,
		playwrightChromium: chromium.executablePath() || null,
		run: runVisibly,
	};
}

/** @param {ProgramName} name @param {Host} host @returns {string | null} */
function findProgram(name, host) {
	const folders = host.searchPath.split(delimiter).filter((folder) => folder !== "");
	const candidates = PROGRAMS[name].names.flatMap((file) => folders.map((folder) => join(folder, file)));
	if (name === "chromium" && host.playwrightChromium !== null) candidates.push(host.playwrightChromium);
	return candidates.find(isExecutable) ?? null;
}

/** @param {ProgramName} name */
function missing(name) {
	const { debianPackage } = PROGRAMS[name];
	const playwright = name === "chromium" ? ", or `npx playwright install chromium`" : "";
	return new Error(
		`The tests need ${name}, which was neither found nor could be installed: ` +
			`install it (on Debian or Ubuntu: \`sudo apt-get install ${debianPackage}\`${playwright}) and run again.`,
	);
}

/**
 * Where a program is.
 *
 * @param {ProgramName} name
 * @param {Host} [host]
 * @returns {string} absolute path
 * @throws {Error} naming program and remedy, when it is not there
 */
export function programPath(name, host = thisHost()) {
	const path = findProgram(name, host);
	if (path === null) throw missing(name);
	return path;
}

/**
 * Installs Debian's packages where root can; nothing happens elsewhere.
 *
 * @param {readonly string[]} packages
 * @param {Host} [host]
 */
export function installPackages(packages, host = thisHost()) {
	if (packages.length === 0 || !host.isRoot) return;
	const apt = ["-q", "-o", "DPkg::Lock::Timeout=300"];
	// Without recommends: Chromium's and PulseAudio's would bring a desktop along.
	if (!host.run("apt-get", [...apt, "update"])) return;
	host.run("apt-get", [...apt, "install", "--yes", "--no-install-recommends", ...packages]);
}

/**
 * Installs the programs that are not there yet.
 *
 * @param {readonly ProgramName[]} [names] - default: every program
 * @param {Host} [host]
 * @throws {Error} naming the first program that is still missing, and its remedy
 */
export function ensurePrograms(names = programNames, host = thisHost()) {
	const isMissing = (/** @type {ProgramName} */ name) => findProgram(name, host) === null;
	const absent = names.filter(isMissing);
	installPackages(
		absent.map((name) => PROGRAMS[name].debianPackage),
		host,
	);
	if (names.includes("chromium") && isMissing("chromium")) host.run("npx", ["playwright", "install", "chromium"]);
	for (const name of names) programPath(name, host);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !isProgramName(name));
	try {
		if (unknown.length > 0)
			throw new Error(`Unknown program ${unknown.join(", ")}; known: ${programNames.join(", ")}.`);
		ensurePrograms(wanted.length > 0 ? wanted.filter(isProgramName) : programNames);
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	}
}
