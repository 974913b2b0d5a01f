const LOADED_MILLISECONDS = 60_000;
/** The waveforms follow the loads. */
const DRAWN_MILLISECONDS = 1500;

/** Waits until the demo set's pads are loaded and drawn. @param {import("@playwright/test").Page} page */
export async function untilDemoIsLoaded(page) {
	for (let pad = 0; pad < 32; pad++) {
		const surface = page.locator(`looper-pad[index="${pad}"] .surface[aria-busy="false"]:not([aria-label*="empty"])`);
		await surface.waitFor({ timeout: LOADED_MILLISECONDS });
	}
	await page.waitForTimeout(DRAWN_MILLISECONDS);
}
