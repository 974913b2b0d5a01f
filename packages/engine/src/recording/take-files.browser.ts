import type { TakePlace } from "../protocol/recording-messages.ts";
import type { TakeFiles } from "./take.ts";
import { TAKE_FOLDER } from "./take-folder.ts";

const TYPE = "audio/wav";

/** Takes as a page finds them. */
export const browserTakes: TakeFiles = {
	async blob(place) {
		if (place.kind === "memory") return new Blob([...place.parts], { type: TYPE });
		const file = await (await openFolder()).getFileHandle(nameOf(place));
		// As a Blob of that type: the file has one only where the platform knows the extension.
		return (await file.getFile()).slice(0, undefined, TYPE);
	},
	async remove(place) {
		if (place.kind !== "memory") await (await openFolder()).removeEntry(nameOf(place));
	},
};

async function openFolder(): Promise<FileSystemDirectoryHandle> {
	const root = await navigator.storage.getDirectory();
	return root.getDirectoryHandle(TAKE_FOLDER, { create: true });
}

function nameOf(place: Exclude<TakePlace, { kind: "memory" }>): string {
	return place.kind === "private" ? place.name : place.path;
}
