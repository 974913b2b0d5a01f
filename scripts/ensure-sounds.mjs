// Finds the real recordings that the tests load, or installs their Debian packages as root.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { installPackages } from "./ensure-programs.mjs";

/** Debian's drum kit and loop packages and their folders, the main one first. */
const FOLDERS = {
	"hydrogen-drumkits": ["usr/share/hydrogen/data/drumkits"],
	"lmms-common": ["usr/share/lmms/samples"],
	"sonic-pi-samples": ["usr/share/sonic-pi/samples", "usr/share/sonic-pi/buffers"],
};

const AUDIO_FILE = /\.(aiff?|flac|mp3|ogg|wav)$/i;

/** @typedef {keyof typeof FOLDERS} SoundPackage */

/** Packages small enough for every test run. @type {readonly SoundPackage[]} */
export const fewSounds = ["lmms-common", "sonic-pi-samples"];

/** @type {readonly SoundPackage[]} */
export const allSounds = [...fewSounds, "hydrogen-drumkits"];

/** @param {SoundPackage} name @param {string} root */
function isInstalled(name, root) {
	return isFolder(join(root, FOLDERS[name][0] ?? ""));
}

/** @param {string} path */
function isFolder(path) {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Installs the missing packages.
 *
 * @param {readonly SoundPackage[]} names
 * @param {{ root?: string, install?: (packages: string[]) => void }} [system]
 * @throws {Error} naming the packages that are still missing, and the remedy
 */
export function ensureSounds(names, { root = "/", install = installPackages } = {}) {
	const missing = () => names.filter((name) => !isInstalled(name, root));
	if (missing().length > 0) install(missing());
	if (missing().length === 0) return;
	const packages = missing().join(" ");
	throw new Error(
		`The tests need the recordings of ${packages}, which were not found and could not be installed. ` +
			`Install them (on Debian or Ubuntu: \`sudo apt-get install ${packages}\`) and run again.`,
	);
}

/**
 * The recordings of installed packages.
 *
 * @param {readonly SoundPackage[]} names
 * @returns {string[]} absolute paths, sorted
 */
export function soundFiles(names, root = "/") {
	const folders = names.flatMap((name) => FOLDERS[name].map((folder) => join(root, folder))).filter(isFolder);
	const files = folders.flatMap((folder) => {
		const entries = readdirSync(folder, { encoding: "utf8", recursive: true });
		return entries.filter((entry) => AUDIO_FILE.test(entry)).map((entry) => join(folder, entry));
	});
	return files.toSorted();
}
