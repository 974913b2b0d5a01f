const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Sorts the way people number files: "2 Bass" before "10 Lead". */
export function compareNames(first: string, second: string): number {
	return byName.compare(first, second);
}

/** What a pad shows for a file: its name without the extension, underscores as spaces. */
export function titleFromFileName(name: string): string {
	const stem = name.replace(/\.[a-z0-9]{1,5}$/iu, "");
	const title = stem.replaceAll("_", " ").replaceAll(/\s+/gu, " ").trim();
	return title === "" ? name : title;
}

/**
 * Whether a file found in a folder is left alone: hidden files, and covers, notes and the like by their type.
 *
 * Files the performer picked one by one are never left alone; what they contain decides.
 *
 * @param type - the media type that the system gives the file, "" where it knows none
 */
export function isFolderClutter(name: string, type: string): boolean {
	return name.startsWith(".") || /^(?:image|text|font|application\/(?:pdf|zip|json|xml))/u.test(type);
}
