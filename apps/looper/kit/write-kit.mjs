// @ts-check
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KIT_PADS, renderPad } from "./kit.mjs";
import { writeWav } from "./write-wav.mjs";

/**
 * Writes the demo kit: one WAV file per pad, and kit.json with the pads in order.
 *
 * @param {string} folder - replaced completely
 */
export async function writeKit(folder) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	for (const pad of KIT_PADS) await writeWav(join(folder, pad.file), renderPad(pad), pad.bits);
	const pads = KIT_PADS.map(({ file, title, loop, color }) => ({ file, title, loop, color }));
	await writeFile(join(folder, "kit.json"), `${JSON.stringify({ name: "Demo kit", pads }, null, "\t")}\n`);
}
