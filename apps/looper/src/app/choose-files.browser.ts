/** Audio types, and extensions for systems that do not know their types. */
const acceptedFiles = "audio/*,.wav,.wave,.flac,.mp3,.ogg,.oga,.opus,.aif,.aiff,.m4a";

/** Which files can be chosen. */
interface FileChoice {
	readonly multiple: boolean;
	readonly accept?: string;
}

/**
 * Opens the system's file chooser.
 *
 * @param accept - types and extensions; audio by default
 * @returns the chosen files; empty when cancelled
 */
export function chooseFiles({ multiple, accept = acceptedFiles }: FileChoice): Promise<readonly File[]> {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = accept;
	input.multiple = multiple;
	return new Promise((resolve) => {
		input.addEventListener("change", () => resolve([...(input.files ?? [])]), { once: true });
		input.addEventListener("cancel", () => resolve([]), { once: true });
		input.click();
	});
}
