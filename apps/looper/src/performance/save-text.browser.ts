/** How long the browser is given to take the file before its URL ends. */
const URL_LIFE_MS = 60_000;

/** Hands a text to the browser as a file to save. */
export function saveText(fileName: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = fileName;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), URL_LIFE_MS);
}
