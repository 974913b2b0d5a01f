import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Download, Locator, Page } from "@playwright/test";
import { parsePerformance } from "../../packages/engine/src/performance/parse-performance.ts";
import type { Performance } from "../../packages/engine/src/performance/performance.ts";

const COMMAND = fileURLToPath(new URL("../../packages/cli/bin/flitzis-looper.js", import.meta.url));
/** What comes before the samples of a WAV file of 32-bit floats. */
const HEADER_BYTES = 94;

/** A take as the list of takes saves it. */
export interface SavedTake {
	/** The samples of its WAV file: interleaved stereo, 32-bit floats. */
	readonly recorded: Buffer;
	/** The same of the file that the command line renders from its performance. */
	readonly rendered: Buffer;
	readonly performance: Performance;
	readonly performanceFileName: string;
}

/** One channel of interleaved stereo. */
export function channelOf(stereo: Buffer, channel: 0 | 1): Float32Array {
	return Float32Array.from({ length: stereo.length / 8 }, (_, frame) => stereo.readFloatLE(8 * frame + 4 * channel));
}

/** Saves a take and its performance from the open list of takes, and renders the performance. @param samples - the folder of its files */
export async function saveTake(dialog: Locator, name: string, samples: string): Promise<SavedTake> {
	const page = dialog.page();
	const folder = mkdtempSync(join(tmpdir(), "take-"));
	try {
		const [take, text, mix] = ["take.wav", "take.json", "mix.wav"].map((file) => join(folder, file));
		await (await downloaded(page, dialog.getByRole("button", { name: `Save WAV of ${name}` }))).saveAs(take!);
		const saved = await downloaded(page, dialog.getByRole("button", { name: `Performance of ${name}: save` }));
		await saved.saveAs(text!);
		execFileSync(process.execPath, [COMMAND, "render", text!, "-o", mix!, "--samples", samples]);
		const [recorded, rendered] = [take!, mix!].map((path) => readFileSync(path).subarray(HEADER_BYTES));
		return {
			recorded: recorded!,
			rendered: rendered!,
			performance: parsePerformance(readFileSync(text!, "utf8")),
			performanceFileName: saved.suggestedFilename(),
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function downloaded(page: Page, button: Locator): Promise<Download> {
	const downloading = page.waitForEvent("download");
	await button.click();
	return await downloading;
}
