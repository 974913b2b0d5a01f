import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import { expect, test } from "./app-test.ts";
import { watchLoad } from "./load-watch.ts";
import { longFile, noiseFile } from "./noise-file.ts";

const SPECIFIED_STAGE = /^(Waiting|Loading( \((reading|decoding|resampling|publishing)\))?)$/;
/** Velocity at the centre of a pad, times the master gain of -6 dB. */
const STRUCK_GAIN = 0.6 * 10 ** (-6 / 20);

// A busy machine can starve the loudspeaker for a moment; a broken engine fails every time.
test.describe.configure({ retries: 2 });

test("a dropped file plays unchanged when its pad is pressed", async ({ app, loudspeaker }) => {
	const samples = noise(3 * LOUDSPEAKER_RATE, 101);
	await app.open("empty");
	const pad = app.pad(5);
	await app.drop([noiseFile("noise.wav", samples)], pad.element);
	await expect(pad.surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);

	const recording = await loudspeaker.record();
	await pad.strike();
	await expect(pad.element).toHaveAttribute("playing");
	await recording.record(samples.length + LOUDSPEAKER_RATE);
	await expect(pad.element).not.toHaveAttribute("playing");
	for (const channel of await recording.stop()) {
		const found = align(samples, channel);
		expect(found.longestGapFrames).toBe(0);
		expect(found.gain).toBeCloseTo(STRUCK_GAIN, 2);
		expect(found.residualDecibels).toBeLessThan(-130);
	}
});

test("a loading pad shows the specified stages, a percentage that never falls and a bar of that width", async ({
	app,
}) => {
	await app.open("empty");
	const pad = app.pad(0);
	const watch = await watchLoad(pad.element);
	await app.drop([longFile("long.wav", 7)], pad.element);
	await expect(pad.surface).toHaveAccessibleName(/: long(, \S+ (major|minor))?$/);
	const faces = await watch.jsonValue();
	const percents = faces.map(({ percent }) => percent);
	expect(percents).toEqual(percents.toSorted((first, second) => first - second));
	expect(percents.every((percent) => percent >= 0 && percent <= 100)).toBe(true);
	expect(percents.some((percent) => percent > 0 && percent < 100)).toBe(true);
	for (const { stage, percent, barShare } of faces) {
		expect(stage).toMatch(SPECIFIED_STAGE);
		expect(barShare).toBeCloseTo(percent / 100, 1);
	}
});

test("a file that cannot be decoded is reported with its reason and a retry, and the pad keeps its sound", async ({
	app,
}) => {
	await app.open("empty");
	const pad = app.pad(3);
	await app.drop([noiseFile("noise.wav", noise(3 * LOUDSPEAKER_RATE, 5))], pad.element);
	await expect(pad.surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	const text = new TextEncoder().encode("These are words, not sounds.");
	await app.drop([{ name: "words.wav", type: "audio/wav", bytes: text }], pad.element);
	await expect(pad.reason).not.toBeEmpty();
	await expect(pad.surface).toHaveAccessibleName(/words failed to load, still playing noise$/);
	await pad.retry.click();
	await expect(pad.surface).toHaveAccessibleName(/words failed to load, still playing noise$/);
	await pad.strike();
	await expect(pad.element).toHaveAttribute("playing");
});

test("the first start loads the demo set onto all pads, and a key plays one of them", async ({ app, loudspeaker }) => {
	await app.open("demo");
	for (let index = 0; index < 32; index++) {
		await app.pad(index).untilLoaded();
		await expect(app.pad(index).surface).not.toHaveAccessibleName(/empty|failed/);
	}
	const recording = await loudspeaker.record();
	await app.page.keyboard.press("Digit1");
	await recording.record(LOUDSPEAKER_RATE);
	const [left] = await recording.stop();
	expect(Math.max(...left.map(Math.abs))).toBeGreaterThan(0.1);
});
