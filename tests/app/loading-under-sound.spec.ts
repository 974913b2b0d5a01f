import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import { expect, test } from "./app-test.ts";
import { longFile, noiseFile } from "./noise-file.ts";

// A busy machine can starve the loudspeaker for a moment; a broken engine fails every time.
test.describe.configure({ retries: 2 });

test("a sound plays without a gap while eight long files load", async ({ app, loudspeaker }) => {
	const samples = noise(5 * LOUDSPEAKER_RATE, 103);
	await app.open("empty");
	await app.drop([noiseFile("noise.wav", samples)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);

	const files = await app.prepareDrop(
		Array.from({ length: 8 }, (_, index) => longFile(`long ${index + 1}.wav`, index + 1)),
	);
	const recording = await loudspeaker.record();
	await app.pad(0).strike();
	await app.dropPrepared(files, app.pad(8).element);
	await expect(app.pad(15).surface).toHaveAttribute("aria-busy", "true");
	await expect(app.pad(0).element).toHaveAttribute("playing");
	for (let index = 8; index < 16; index++) await expect(app.pad(index).surface).toHaveAccessibleName(/: long \d$/);
	await expect(app.pad(0).element).not.toHaveAttribute("playing", { timeout: 10_000 });
	await recording.record(LOUDSPEAKER_RATE / 2);
	const [left] = await recording.stop();
	const found = align(samples, left);
	expect(found.longestGapFrames).toBe(0);
	expect(found.residualDecibels).toBeLessThan(-130);
});
