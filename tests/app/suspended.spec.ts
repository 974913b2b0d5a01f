import type { Page } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import { expect, test } from "./app-test.ts";

// Other processes can cause a dropout on a busy machine; a fault would repeat.
test.describe.configure({ retries: 2 });

const CALL = "Tap or press any key to start sound";

/**
 * Resolves when the page shows a text in one of its shadow roots. Playwright's own queries count as a user gesture; CDP
 * queries do not.
 */
async function untilShownWithoutGesture(page: Page, text: string): Promise<void> {
	const browser = await page.context().newCDPSession(page);
	const shows = `(root) => root.textContent.includes(${JSON.stringify(text)}) ||
		[...root.querySelectorAll("*")].some((element) => element.shadowRoot && shows(element.shadowRoot))`;
	const expression = `new Promise((resolve) => {
		const shows = ${shows};
		const look = () => shows(document.body) ? resolve() : requestAnimationFrame(look);
		look();
	})`;
	await browser.send("Runtime.evaluate", { expression, awaitPromise: true });
	await browser.detach();
}

test("without a user gesture the instrument loads and asks for one, and the first press already sounds", async ({
	app,
	loudspeaker,
}) => {
	const samples = noise(LOUDSPEAKER_RATE, 201);
	const bytes = writeWave(samples, { sampleRate: LOUDSPEAKER_RATE, channels: 1, coding: "f32" });
	await app.open("empty");
	await untilShownWithoutGesture(app.page, CALL);
	const pad = app.pad(0);
	await app.drop([{ name: "noise.wav", type: "audio/wav", bytes }], pad.element);
	await expect(pad.surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	await expect(app.page.getByText(CALL)).toBeVisible();

	const recording = await loudspeaker.record();
	await pad.strike();
	await expect(app.page.getByText(CALL)).toBeHidden();
	await recording.record(2 * LOUDSPEAKER_RATE);
	const [left] = await recording.stop();
	const found = align(samples, left);
	expect(found.longestGapFrames).toBe(0);
	expect(found.residualDecibels).toBeLessThan(-130);
});
