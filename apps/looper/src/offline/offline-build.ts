/** What one build of the app consists of. The build writes it into the service worker. */
export interface OfflineBuild {
	/** Differs when any file does. */
	readonly version: string;
	/** Paths relative to the app's address. */
	readonly files: readonly string[];
	/** The one of them that an address without a path names, and its SHA-256 as hexadecimal digits. */
	readonly page: string;
	readonly pageHash: string;
}

/** Message to a service worker that waits: its turn has come. */
export type TakeOver = "take-over";

const cachePrefix = "flitzis-looper-app-";

/** Name of the cache with the files of a version. */
export function cacheName(version: string): string {
	return cachePrefix + version;
}

/** Those of the origin's caches that hold other versions of the app. */
export function outdatedCaches(names: readonly string[], version: string): readonly string[] {
	return names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName(version));
}

/**
 * The file of the build that a request asks for.
 *
 * @param address - of the request
 * @param appAddress - ends with a slash
 * @returns null when it is none of its files
 */
export function fileAt(
	address: string,
	appAddress: string,
	{ files, page }: Pick<OfflineBuild, "files" | "page">,
): string | null {
	const [plain = ""] = address.split(/[?#]/u, 1);
	if (!plain.startsWith(appAddress)) return null;
	const path = plain.slice(appAddress.length) || page;
	return files.includes(path) ? path : null;
}
