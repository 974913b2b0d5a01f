import { randomUUID } from "node:crypto";
import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	futimesSync,
	mkdirSync,
	openSync,
	readSync,
	writeSync,
} from "node:fs";
import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { windowedSource } from "../source/byte-source.ts";
import { isEntryName } from "./entry-name.ts";
import type { EntryStatus, NewEntry, PcmStore, StoredEntry } from "./pcm-store.ts";

/** Length of the point and random UUID at the end of an unfinished file's name. */
const UNFINISHED_SUFFIX = 37;
/** Follows no links and does not block on pipes; Windows has neither flag. */
const READING = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Entries as files of one directory, which is created with the first entry.
 *
 * @param directory - absolute path
 */
export function directoryStore(directory: string): PcmStore {
	const pathOf = (name: string): string => join(directory, name);
	return {
		async open(name) {
			return openEntry(pathOf(name));
		},
		async has(name) {
			return existsSync(pathOf(name));
		},
		async create(name) {
			mkdirSync(directory, { recursive: true, mode: 0o700 });
			return createEntry(pathOf(name));
		},
		remove: (name) => rm(pathOf(name), { force: true }),
		list: () => listEntries(directory),
		capacityBytes: () => Promise.resolve(Number.POSITIVE_INFINITY),
	};
}

function openEntry(path: string): StoredEntry | null {
	const file = openIfThere(path);
	if (file === null) return null;
	const status = fstatSync(file);
	if (!status.isFile()) {
		closeSync(file);
		return null;
	}
	return {
		bytes: windowedSource(status.size, (byteOffset, target) => readSync(file, target, 0, target.length, byteOffset)),
		touch() {
			const now = new Date();
			try {
				futimesSync(file, now, now);
			} catch {
				// In a read-only cache the order stays unchanged.
			}
		},
		close: () => closeSync(file),
	};
}

function openIfThere(path: string): number | null {
	try {
		return openSync(path, READING);
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

async function namesIn(directory: string): Promise<string[]> {
	try {
		return await readdir(directory);
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Renames the file once it is complete: until then others see the older one, or none. */
function createEntry(path: string): NewEntry {
	const unfinished = `${path}.${randomUUID()}`;
	const file = openSync(unfinished, "wx", 0o600);
	let isOpen = true;
	const close = (): void => {
		if (isOpen) closeSync(file);
		isOpen = false;
	};
	return {
		append(bytes) {
			for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
		},
		async finish() {
			close();
			await rename(unfinished, path);
		},
		async discard() {
			close();
			await rm(unfinished, { force: true });
		},
	};
}

/** Includes the unfinished files of crashed processes, so that they are evicted like entries. */
async function listEntries(directory: string): Promise<EntryStatus[]> {
	const entries: EntryStatus[] = [];
	for (const name of await namesIn(directory)) {
		if (!isEntryName(name) && !isEntryName(name.slice(0, -UNFINISHED_SUFFIX))) continue;
		const status = await lstat(join(directory, name)).catch(() => null);
		if (status?.isFile() === true) entries.push({ name, bytes: status.size, usedAt: status.mtimeMs });
	}
	return entries;
}
