import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { parsePerformance } from "../../packages/engine/src/performance/parse-performance.ts";
import type { Performance } from "../../packages/engine/src/performance/performance.ts";
import type { DroppedFile } from "./app-page.ts";
import { expect } from "./app-test.ts";

const COMMAND = fileURLToPath(new URL("../../packages/cli/bin/flitzis-looper.js", import.meta.url));
/** What comes before the samples of a rendered file: stereo, 32-bit floats. */
const HEADER_BYTES = 94;

/** What was played, and what it sounded like, to the bit. */
export interface PerformedMix {
	readonly performance: Performance;
	readonly left: Float32Array;
	readonly right: Float32Array;
}

/** Keeps what `play` does in a performance, and renders it from the files. */
export async function performedMix(
	page: Page,
	files: readonly DroppedFile[],
	play: () => Promise<void>,
): Promise<PerformedMix> {
	const button = page.getByRole("button", { name: "Performance" });
	await button.click();
	await expect(button).toHaveAttribute("aria-pressed", "true");
	await play();
	const downloading = page.waitForEvent("download");
	await button.click();
	const download = await downloading;
	const folder = mkdtempSync(join(tmpdir(), "performance-"));
	try {
		const path = join(folder, "performance.json");
		await download.saveAs(path);
		for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
		const mix = join(folder, "mix.wav");
		execFileSync(process.execPath, [COMMAND, "render", path, "-o", mix, "--samples", folder]);
		const { buffer, byteOffset, byteLength } = readFileSync(mix);
		const stereo = new Float32Array(buffer.slice(byteOffset + HEADER_BYTES, byteOffset + byteLength));
		return {
			performance: parsePerformance(readFileSync(path, "utf8")),
			left: stereo.filter((_, index) => index % 2 === 0),
			right: stereo.filter((_, index) => index % 2 === 1),
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Resolves when the transport has passed so many more beats. */
export async function passBeats(page: Page, beats: number): Promise<void> {
	const place = page.locator("beat-lights .place");
	const beatNow = async (): Promise<number> => {
		const [bar = 1, beat = 1] = ((await place.textContent()) ?? "").trim().split(".").map(Number);
		return 4 * bar + beat;
	};
	const from = await beatNow();
	await expect.poll(beatNow, { timeout: 30_000 }).toBeGreaterThanOrEqual(from + beats);
}
