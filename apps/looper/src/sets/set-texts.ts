import type { StorageSpace } from "./set-storage.ts";

const mostProblemsShown = 3;
const mostFileNameCharacters = 80;
const mostNameCharacters = 100;
const bytesPerMegabyte = 1e6;
/** Less is nearly full, or a tenth of a smaller storage. */
const sparseBytes = 500 * bytesPerMegabyte;

/** A name that no set has yet: "Set 1", "Set 2". */
export function newSetName(taken: readonly string[]): string {
	for (let number = 1; ; number++) if (!taken.includes(`Set ${number}`)) return `Set ${number}`;
}

/** The name for another set of that name: itself where it is free, otherwise with a number: "Live 2". */
export function freeSetName(name: string, taken: readonly string[]): string {
	if (!taken.includes(name)) return name;
	for (let number = 2; ; number++) {
		const numbered = `${name.slice(0, mostNameCharacters - 6)} ${number}`;
		if (!taken.includes(numbered)) return numbered;
	}
}

/** The file name of an exported set. */
export function setFileName(name: string): string {
	const plain = name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, "_").replace(/^\.+/u, "");
	return `${plain.slice(0, mostFileNameCharacters).trim() || "Set"}.flitzis.zip`;
}

/** Whether a file's name is that of an exported set, or of another zip file. */
export function isArchiveName(name: string): boolean {
	return /\.zip$/iu.test(name);
}

/** Tells the performer what of a set is wrong and was left out. @param what - "“Live” is open"; @param problems - sentences, one or more */
export function problemsText(what: string, problems: readonly string[]): string {
	const shown = problems.slice(0, mostProblemsShown).join(" ");
	const rest = problems.length - mostProblemsShown;
	const more = rest > 0 ? ` And ${rest} more.` : "";
	return `${what}, but not all of it is whole. ${shown}${more}`;
}

/** Bytes as "12 MB", rounded up. */
function megabytes(bytes: number): string {
	return `${Math.ceil(bytes / bytesPerMegabyte)} MB`;
}

/**
 * Tells the performer that the storage is full, or nearly; null while there is room.
 *
 * @param wantedBytes - what is to be written next
 */
export function spaceText({ used, quota }: StorageSpace, wantedBytes: number): string | null {
	const left = quota - used - wantedBytes;
	const remedy = "Export sets and delete those that you do not need, or make room on the disk.";
	if (left < 0) {
		const room = megabytes(Math.max(0, quota - used));
		return `The storage for sets is full: ${megabytes(wantedBytes)} are needed, ${room} are left. ${remedy}`;
	}
	if (left >= Math.min(sparseBytes, quota / 10)) return null;
	return `The storage for sets is nearly full: ${megabytes(left)} are left. ${remedy}`;
}
