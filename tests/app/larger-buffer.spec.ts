import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";

/** The buffer of the context that the instrument has made, in milliseconds. */
async function bufferMs(page: Page): Promise<number> {
	return await page.evaluate(() => {
		const context = Reflect.get(window, "heardContext");
		return context instanceof AudioContext ? 1000 * context.baseLatency : Number.NaN;
	});
}

test("the larger buffer is remembered, and the next start has it", async ({ app }) => {
	const { page } = app;
	await page.addInitScript(() => {
		window.AudioContext = class extends AudioContext {
			constructor(options?: AudioContextOptions) {
				super(options);
				Reflect.set(window, "heardContext", this);
			}
		};
	});
	await app.open("empty");
	const figure = page.locator("glitch-figure .figure");
	await figure.click();
	expect(await bufferMs(page)).toBeLessThan(15);
	const larger = page.getByRole("button", { name: "Larger buffer" });
	await expect(larger).toHaveAttribute("aria-pressed", "false");
	await larger.click();
	await expect(larger).toHaveAttribute("aria-pressed", "true");
	await expect(page.getByText("From the next start of the instrument on.")).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(larger).toBeHidden();
	await page.reload();
	await figure.click();
	await expect(larger).toHaveAttribute("aria-pressed", "true");
	expect(await bufferMs(page)).toBeGreaterThan(40);
});
