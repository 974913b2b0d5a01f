/** How long the URL stays valid for the browser to fetch the file. */
const URL_LIFE_MS = 60_000;

/** Makes the browser download a file. */
export function saveFile(fileName: string, content: Blob): void {
	const url = URL.createObjectURL(content);
	const link = document.createElement("a");
	link.href = url;
	link.download = fileName;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), URL_LIFE_MS);
}
