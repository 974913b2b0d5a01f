// Finds or installs the programs that the tests run: Debian's packages as root, otherwise Playwright's Chromium.
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

/**
 * A host's means of finding and installing programs.
 *
 * @typedef {object} Host
 * @property {string} searchPath - folders to search, as in PATH
 * @property {boolean} isRoot
 * @property {string | null} playwrightChromium - path of Playwright's own Chromium, installed or not
 * @property {(command: string, args: string[]) => boolean} run - runs a command to its end and returns whether it succeeded
 */

/** Each program's names, the likeliest first, and its Debian package. */
const PROGRAMS = {
	chromium: { names: ["chromium", "chromium-browser", "google-chrome"], debianPackage: "chromium" },
	ffmpeg: { names: ["ffmpeg"], debianPackage: "ffmpeg" },
	firefox: { names: ["firefox-esr", "firefox"], debianPackage: "firefox-esr" },
	flac: { names: ["flac"], debianPackage: "flac" },
	opusdec: { names: ["opusdec"], debianPackage: "opus-tools" },
	pacat: { names: ["pacat"], debianPackage: "pulseaudio-utils" },
	pactl: { names: ["pactl"], debianPackage: "pulseaudio-utils" },
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
	// Installer output goes to stderr, because stdout belongs to the caller.
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
		`The tests need ${name}, which was not found and could not be installed. ` +
			`Install it (on Debian or Ubuntu: \`sudo apt-get install ${debianPackage}\`${playwright}) and run again.`,
	);
}

/**
 * The path of a program.
 *
 * @param {ProgramName} name
 * @param {Host} [host]
 * @returns {string} absolute path
 * @throws {Error} naming program and remedy, if it is missing
 */
export function programPath(name, host = thisHost()) {
	const path = findProgram(name, host);
	if (path === null) throw missing(name);
	return path;
}

/**
 * Installs Debian packages as root; otherwise does nothing.
 *
 * @param {readonly string[]} packages
 * @param {Host} [host]
 */
export function installPackages(packages, host = thisHost()) {
	if (packages.length === 0 || !host.isRoot) return;
	const apt = ["-q", "-o", "DPkg::Lock::Timeout=300"];
	// Without recommends, which would install a desktop with Chromium and PulseAudio.
	if (!host.run("apt-get", [...apt, "update"])) return;
	host.run("apt-get", [...apt, "install", "--yes", "--no-install-recommends", ...packages]);
}

/**
 * Installs the missing programs.
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
			throw new Error(`There is no program ${unknown.join(", ")}. Choose from ${programNames.join(", ")}.`);
		ensurePrograms(wanted.length > 0 ? wanted.filter(isProgramName) : programNames);
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	}
}
