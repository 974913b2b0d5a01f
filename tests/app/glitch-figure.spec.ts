import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";

const STALLER = new URL("../loudspeaker/page/staller.js", import.meta.url);
/** Longer than all that any device of the test holds. */
const STALL_MS = 800;

// The worklet that stalls comes from the test, which the page's policy refuses.
test.use({ bypassCSP: true });

declare global {
	interface Window {
		/** The context that the instrument has made. */
		heardContext: AudioContext;
	}
}

/** Keeps the instrument's context where the test finds it. */
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

/** Lets the instrument's audio thread stand still once it has played for a while. */
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

// A machine that is busy with something else breaks the sound off, too.
test.describe.configure({ retries: 2 });

test("a break in the sound is told in the status line, with what to do, until it is put behind", async ({ app }) => {
	const { page } = app;
	await keepContext(page);
	await app.open("empty");
	const figure = page.locator("glitch-figure .figure");
	await expect(figure).toHaveText("0");
	await stall(page);
	await expect(figure).toHaveText(/^\d+ · (just now|\d s ago)$/);
	await figure.click();
	const sheet = page.getByRole("dialog", { name: "Glitches" });
	await expect(sheet).toContainText(/The sound broke off .*for \d+ ms/);
	await expect(sheet).toContainText("Close other tabs and programs");
	await sheet.getByRole("button", { name: "Start counting anew" }).click();
	await expect(sheet).toBeHidden();
	await expect(figure).toHaveText("0");
});
