import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";

/** The buffer of the instrument's context, in milliseconds. */
async function bufferMs(page: Page): Promise<number> {
	return await page.evaluate(() => {
		const context = Reflect.get(window, "heardContext");
		return context instanceof AudioContext ? 1000 * context.baseLatency : Number.NaN;
	});
}

test("the choice of a larger buffer is stored and takes effect at the next start", async ({ app }) => {
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
	const figure = page.locator("dropout-figure .figure");
	await figure.click();
	expect(await bufferMs(page)).toBeLessThan(15);
	const larger = page.getByRole("button", { name: "Larger buffer" });
	await expect(larger).toHaveAttribute("aria-pressed", "false");
	await larger.click();
	await expect(larger).toHaveAttribute("aria-pressed", "true");
	await expect(page.getByText("Takes effect when the instrument starts next.")).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(larger).toBeHidden();
	await page.reload();
	await figure.click();
	await expect(larger).toHaveAttribute("aria-pressed", "true");
	expect(await bufferMs(page)).toBeGreaterThan(40);
});
