// @ts-check
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_PADS, renderPad } from "./demo-set.mjs";
import { writeWav } from "./write-wav.mjs";

/**
 * Writes the demo set: one WAV file per pad, and set.json with the pads in order.
 *
 * @param {string} folder - replaced completely
 */
export async function writeDemo(folder) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	for (const pad of DEMO_PADS) await writeWav(join(folder, pad.file), renderPad(pad), pad.bits);
	const pads = DEMO_PADS.map(({ file, title, settings, color }) => ({ file, title, settings, color }));
	await writeFile(join(folder, "set.json"), `${JSON.stringify({ pads }, null, "\t")}\n`);
}
