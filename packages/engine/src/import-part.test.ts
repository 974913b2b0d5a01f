import { expect, test } from "vitest";
import { importPart } from "./import-part.ts";

test("a part that cannot be fetched is unsupported-platform, with its file and the cause, and is asked for again", async () => {
	const cause = new TypeError("Failed to fetch dynamically imported module");
	await expect(importPart("part.js", () => Promise.reject(cause))).rejects.toMatchObject({
		name: "LooperError",
		code: "unsupported-platform",
		message: `part.js cannot be loaded (${cause}). Serve the engine's files there.`,
		cause,
	});
	expect(await importPart("part.js", () => Promise.resolve({ part: 1 }))).toEqual({ part: 1 });
});
