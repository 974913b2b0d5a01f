import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";

const STALLER = new URL("../loudspeaker/page/staller.js", import.meta.url);
/** Longer than the buffer of any device in the test. */
const STALL_MS = 800;

// The page's content security policy refuses the test's stalling worklet.
test.use({ bypassCSP: true });

declare global {
	interface Window {
		/** The instrument's context. */
		heardContext: AudioContext;
	}
}

/** Makes the instrument's context available to the test. */
async function keepContext(page: Page): Promise<void> {
	await page.addInitScript(() => {
		window.AudioContext = class extends AudioContext {
			constructor(options?: AudioContextOptions) {
				super(options);
				window.heardContext = this;
			}
		};
	});
}

/** Stalls the instrument's audio thread once it has played for a while. */
async function stall(page: Page): Promise<void> {
	const script = await readFile(STALLER, "utf8");
	await page.evaluate(
		async ({ stallMs, staller: text }) => {
			const { heardContext: context } = window;
			await context.audioWorklet.addModule(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
			const staller = new AudioWorkletNode(context, "staller");
			staller.connect(context.destination);
			while (context.currentTime < 3) await new Promise((resolve) => setTimeout(resolve, 20));
			staller.port.postMessage(stallMs);
		},
		{ stallMs: STALL_MS, staller: script },
	);
}

test("the status line counts a dropout and says what to do, until the count is reset", async ({ app }) => {
	const { page } = app;
	await keepContext(page);
	await app.open("empty");
	const figure = page.locator("dropout-figure .figure");
	await expect(figure).toHaveText("0");
	await stall(page);
	await expect(figure).toHaveText(/^\d+ · (just now|\d s ago)$/);
	await figure.click();
	const sheet = page.getByRole("dialog", { name: "Dropouts" });
	await expect(sheet).toContainText(/The sound dropped out .*for \d+ ms/);
	await expect(sheet).toContainText("Close other tabs and programs");
	await sheet.getByRole("button", { name: "Reset count" }).click();
	await expect(sheet).toBeHidden();
	await expect(figure).toHaveText("0");
});
