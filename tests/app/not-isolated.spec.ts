import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import { expect, test } from "./app-test.ts";

// Other processes can cause a dropout on a busy machine; a fault would repeat.
test.describe.configure({ retries: 2 });

test("without the headers that isolate a page, the instrument still loads and plays", async ({
	app,
	page,
	loudspeaker,
}) => {
	await page.route("**/*", async (route) => {
		const response = await route.fetch();
		const headers = response.headers();
		delete headers["cross-origin-opener-policy"];
		delete headers["cross-origin-embedder-policy"];
		await route.fulfill({ response, headers });
	});
	const samples = noise(3 * LOUDSPEAKER_RATE, 211);
	const bytes = writeWave(samples, { sampleRate: LOUDSPEAKER_RATE, channels: 1, coding: "f32" });
	await app.open("empty");
	const platform = await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer]);
	expect(platform).toEqual([false, "undefined"]);
	const pad = app.pad(5);
	await app.drop([{ name: "noise.wav", type: "audio/wav", bytes }], pad.element);
	await expect(pad.surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);

	const recording = await loudspeaker.record();
	await pad.strike();
	await expect(pad.element).toHaveAttribute("playing");
	await recording.record(samples.length + LOUDSPEAKER_RATE);
	await expect(pad.element).not.toHaveAttribute("playing");
	const [left] = await recording.stop();
	const found = align(samples, left);
	expect(found.longestGapFrames).toBe(0);
	expect(found.residualDecibels).toBeLessThan(-130);
});
