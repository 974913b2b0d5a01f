import { Blob } from "node:buffer";
import { readFile, rm } from "node:fs/promises";
import type { TakeFiles } from "./take.ts";

/** Takes as Node's main thread finds them. */
export const nodeTakes: TakeFiles = {
	async blob(place) {
		if (place.kind === "private") throw new Error("Node has no private file system.");
		const parts = place.kind === "memory" ? [...place.parts] : [await readFile(place.path)];
		return new Blob(parts, { type: "audio/wav" });
	},
	async remove(place) {
		if (place.kind === "path") await rm(place.path, { force: true });
	},
};
