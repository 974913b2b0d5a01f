import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { GoldenFiles } from "./golden-performance.ts";

/** What the golden performance renders to: a SHA-256, in hexadecimal. */
export const digest: string = readFileSync(new URL("digest.txt", import.meta.url), "utf8").trim();

export const files: GoldenFiles = {
	text: readFileSync(new URL("performance.json", import.meta.url), "utf8"),
	fileOf: async (name) => Uint8Array.from(await readFile(new URL(name, import.meta.url))),
};
