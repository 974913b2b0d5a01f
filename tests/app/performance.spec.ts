import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator } from "@playwright/test";
import { parsePerformance } from "../../packages/engine/src/performance/parse-performance.ts";
import { expect, test } from "./app-test.ts";

const COMMAND = fileURLToPath(new URL("../../packages/cli/bin/flitzis-looper.js", import.meta.url));
const DEMO = fileURLToPath(new URL("../../apps/looper/dist/demo", import.meta.url));

test("a performance is saved as a file and rendered with the demo set's own samples", async ({ app, page }) => {
	await app.open("demo");
	const [drum, loop] = [app.pad(0), app.pad(8)];
	await expect(drum.surface).not.toHaveAccessibleName(/empty/);
	await expect(loop.surface).not.toHaveAccessibleName(/empty/);
	for (const pad of [drum, loop]) await expect(pad.progress).toHaveCount(0, { timeout: 30_000 });

	const button = page.getByRole("button", { name: "Performance" });
	await expect(button).toHaveAttribute("aria-pressed", "false");
	await button.click();
	await expect(button).toHaveAttribute("aria-pressed", "true");
	await drum.strike();
	await loop.strike();
	await expect.poll(() => secondsShown(button)).toBeGreaterThan(0);
	await drum.strike();
	// Presses and the end of a performance take effect with the device's next buffer.
	const struckAt = await secondsShown(button);
	await expect.poll(() => secondsShown(button)).toBeGreaterThan(struckAt + 1);
	const downloading = page.waitForEvent("download");
	await button.click();
	const download = await downloading;
	expect(download.suggestedFilename()).toMatch(/^performance-\d{8}-\d{6}\.json$/);
	await expect(button).toHaveAttribute("aria-pressed", "false");
	await expect(page.getByText(/performance-\d{8}-\d{6}\.json saved, \d+:\d\d long\./)).toBeVisible();

	const folder = mkdtempSync(join(tmpdir(), "performance-"));
	try {
		const path = join(folder, "performance.json");
		await download.saveAs(path);
		const performance = parsePerformance(readFileSync(path, "utf8"));
		expect(performance.commands.filter(({ type }) => type === "press")).toHaveLength(3);
		expect(performance.frames).toBeGreaterThan(performance.engine.sampleRate);
		const mix = join(folder, "mix.wav");
		const output = execFileSync(process.execPath, [COMMAND, "render", path, "-o", mix, "--samples", DEMO]);
		expect(output.toString()).toMatch(/SHA-256 of the PCM: [0-9a-f]{64}\n$/);
		expect(readFileSync(mix).length).toBe(94 + 8 * performance.frames);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

/** Length of the performance, as the button shows it. */
async function secondsShown(button: Locator): Promise<number> {
	const [, minutes, seconds] = /(\d+):(\d\d)/.exec((await button.textContent()) ?? "") ?? [];
	return 60 * Number(minutes) + Number(seconds);
}

test("no performance can start while there is no sound", async ({ app, page }) => {
	await page.addInitScript(() => {
		// A browser that never lets a context run.
		Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
	});
	await app.open("empty");
	await expect(page.getByRole("button", { name: "Performance" })).toBeDisabled();
});
