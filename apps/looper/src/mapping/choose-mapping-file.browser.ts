/** Opens the system's file chooser for a mapping. @returns the file's text; null when cancelled */
export async function chooseMappingFile(): Promise<string | null> {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = "application/json,.json";
	const file = await new Promise<File | undefined>((resolve) => {
		input.addEventListener("change", () => resolve(input.files?.[0]), { once: true });
		input.addEventListener("cancel", () => resolve(undefined), { once: true });
		input.click();
	});
	return file === undefined ? null : await file.text();
}
