import { opendir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { contentHashes, type PerformanceSample } from "flitzis-looper";

/** Where to search for a performance's samples. */
export interface SearchPlaces {
	/** Base of relative names in the performance, after the current directory. */
	readonly performanceFolder: string;
	/** Folders to search recursively. */
	readonly folders: readonly string[];
	readonly signal: AbortSignal;
}

/** The result of a search. */
export interface FoundSamples {
	/** Paths by content hash. */
	readonly paths: ReadonlyMap<string, string>;
	readonly missing: readonly MissingSample[];
}

/** A sample without a matching file. */
export interface MissingSample {
	readonly sample: PerformanceSample;
	/** A file of the same name with other content, if there is one. */
	readonly namesake: string | null;
}

/**
 * Finds a performance's files by content: first at their recorded names, then in the folders. Only files as
 * long as a missing one are read.
 *
 * @throws the signal's reason
 */
export async function findSamples(samples: readonly PerformanceSample[], places: SearchPlaces): Promise<FoundSamples> {
	const paths = new Map<string, string>();
	const namesakes = new Map<string, string>();
	const wanted = (): PerformanceSample[] => samples.filter(({ contentHash }) => !paths.has(contentHash));
	const consider = async (path: string): Promise<void> => {
		const name = basename(path);
		const missing = wanted();
		const bytes = await fileBytes(path);
		if (bytes === null) return;
		if (missing.some((sample) => plainName(sample) === name)) namesakes.set(name, path);
		if (!missing.some((sample) => sample.fileBytes === bytes)) return;
		const hashes = await contentHashes(path, places.signal).catch((): readonly string[] => []);
		places.signal.throwIfAborted();
		for (const { contentHash } of missing) if (hashes.includes(contentHash)) paths.set(contentHash, path);
	};
	for (const sample of samples)
		for (const path of recordedPaths(sample, places.performanceFolder)) await consider(path);
	for (const folder of places.folders) {
		if (wanted().length > 0) await walk(folder, consider, () => wanted().length === 0, places.signal);
	}
	const missing = wanted().map((sample) => ({ sample, namesake: namesakes.get(plainName(sample)) ?? null }));
	return { paths, missing };
}

/** The last part of a sample's name, with any platform's separators. */
function plainName({ name }: PerformanceSample): string {
	return name.split(/[/\\]/).at(-1) ?? name;
}

function recordedPaths({ name }: PerformanceSample, performanceFolder: string): string[] {
	if (/^file:/i.test(name)) return URL.canParse(name) ? [pathOf(name)] : [];
	if (/^(?:https?|data|blob):/i.test(name)) return [];
	return [resolve(name), resolve(performanceFolder, name)];
}

/** The path of a file URL; empty if it has none on this platform. */
function pathOf(url: string): string {
	try {
		return fileURLToPath(url);
	} catch {
		return url;
	}
}

async function fileBytes(path: string): Promise<number | null> {
	const found = await stat(path).catch(() => null);
	return found?.isFile() === true ? found.size : null;
}

/** Visits every file below a folder; unreadable folders and links to folders are skipped. */
async function walk(
	folder: string,
	visit: (path: string) => Promise<void>,
	isDone: () => boolean,
	signal: AbortSignal,
): Promise<void> {
	const entries = await opendir(folder).catch(() => null);
	if (entries === null) return;
	const folders: string[] = [];
	for await (const entry of entries) {
		signal.throwIfAborted();
		if (isDone()) return;
		const path = join(folder, entry.name);
		if (entry.isDirectory()) folders.push(path);
		else await visit(path);
	}
	for (const inner of folders) await walk(inner, visit, isDone, signal);
}
