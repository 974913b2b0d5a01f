/** Longer names are addresses with something else in them. */
const MAX_LENGTH = 255;

/** A file's name without its folders and its ending; empty for an address that holds the file itself. @param name - a path, a URL or a name alone */
export function fileStem(name: string): string {
	// These hold the file, or stand for it, but have no name.
	if (/^(?:data|blob):/i.test(name)) return "";
	const path = /^(?:https?|file):/i.test(name) ? decoded(name.replace(/[?#].*$/s, "")) : name;
	return path
		.slice(-MAX_LENGTH)
		.replace(/^.*[/\\]/s, "")
		.replace(/\.[a-z]\w{1,4}$/i, "");
}

function decoded(url: string): string {
	try {
		return decodeURIComponent(url);
	} catch {
		return url;
	}
}
