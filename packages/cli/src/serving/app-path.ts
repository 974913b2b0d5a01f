import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";

/** A valid path segment: no dot file, no parent folder, no characters special to file systems or URLs. */
const FILE_NAME = /^[^.\p{Cc}\\:%?#][^\p{Cc}\\:%?#]*$/u;

function decodePath(requestUrl: string): string | null {
	const [encoded = ""] = requestUrl.split("?", 1);
	try {
		return decodeURIComponent(encoded);
	} catch {
		return null;
	}
}

async function isReadableFileInside(root: string, file: string): Promise<boolean> {
	try {
		// The real path, because a link inside the app may lead outside.
		const target = await realpath(file);
		await access(target, constants.R_OK);
		return target.startsWith(root + sep) && (await stat(target)).isFile();
	} catch {
		return false;
	}
}

/**
 * Resolves a request to a file of the app.
 *
 * @param root - real path of the app's folder
 * @param requestUrl - the unmodified request target
 * @returns a normalised URL path, "/index.html" for "/"; null if the app has no such file
 */
export async function appPath(root: string, requestUrl: string): Promise<string | null> {
	const decoded = decodePath(requestUrl);
	if (!decoded?.startsWith("/")) return null;
	const path = decoded.endsWith("/") ? `${decoded}index.html` : decoded;
	const names = path.slice(1).split("/");
	if (!names.every((name) => FILE_NAME.test(name))) return null;
	return (await isReadableFileInside(root, join(root, ...names))) ? encodeURI(path) : null;
}
