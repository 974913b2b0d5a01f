import { align } from "./alignment.ts";
import { expect, test } from "./browser-test.ts";
import { LOUDSPEAKER_RATE } from "./loudspeaker.ts";
import { noise } from "./noise.ts";

// A machine that is busy with something else can starve its loudspeaker for a moment; an engine that breaks up does so each time.
test.describe.configure({ retries: 2 });

test("noise that a page plays through Web Audio is heard to the bit", async ({ loudspeaker, page }) => {
	const burst = noise(LOUDSPEAKER_RATE, 11);
	const recording = await loudspeaker.record();
	await page.evaluate(
		async ({ samples, sampleRate }) => {
			const context = new AudioContext({ sampleRate, latencyHint: "playback" });
			const buffer = context.createBuffer(1, samples.length, sampleRate);
			buffer.getChannelData(0).set(samples);
			const source = new AudioBufferSourceNode(context, { buffer });
			source.connect(context.destination);
			const over = new Promise((resolve) => source.addEventListener("ended", resolve));
			source.start();
			await over;
		},
		{ samples: [...burst], sampleRate: LOUDSPEAKER_RATE },
	);
	await recording.hear(LOUDSPEAKER_RATE / 2);
	for (const channel of await recording.stop()) {
		expect(align(burst, channel)).toMatchObject({ gain: 1, residualDecibels: -Infinity, longestGapFrames: 0 });
	}
});
