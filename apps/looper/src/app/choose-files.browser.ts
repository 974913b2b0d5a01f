/** Extensions beside the audio types, for systems that know no type for them. */
const acceptedFiles = "audio/*,.wav,.wave,.flac,.mp3,.ogg,.oga,.opus,.aif,.aiff,.m4a";

/** Opens the system's file chooser for audio. @returns nothing chosen: an empty list */
export function chooseFiles({ multiple }: { multiple: boolean }): Promise<readonly File[]> {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = acceptedFiles;
	input.multiple = multiple;
	return new Promise((resolve) => {
		input.addEventListener("change", () => resolve([...(input.files ?? [])]), { once: true });
		input.addEventListener("cancel", () => resolve([]), { once: true });
		input.click();
	});
}
