const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Compares names, numbers by value: "2 Bass" before "10 Lead". */
export function compareNames(first: string, second: string): number {
	return byName.compare(first, second);
}

/** The title of a file: its name without extension, with spaces for underscores. */
export function titleFromFileName(name: string): string {
	const stem = name.replace(/\.[a-z0-9]{1,5}$/iu, "");
	const title = stem.replaceAll("_", " ").replaceAll(/\s+/gu, " ").trim();
	return title === "" ? name : title;
}

/**
 * Whether a file in a dropped folder is skipped: hidden files, and by type covers, notes and the like.
 *
 * Files that the performer picked individually are never skipped.
 *
 * @param type - the file's media type; "" when the system knows none
 */
export function isFolderClutter(name: string, type: string): boolean {
	return name.startsWith(".") || /^(?:image|text|font|application\/(?:pdf|zip|json|xml))/u.test(type);
}
