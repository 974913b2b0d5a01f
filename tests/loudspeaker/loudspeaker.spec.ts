import { align } from "./alignment.ts";
import { expect, test } from "./browser-test.ts";
import { LOUDSPEAKER_RATE } from "./loudspeaker.ts";
import { noise } from "./noise.ts";

// Other processes can cause a dropout on a busy machine; a fault of the recording would repeat.
test.describe.configure({ retries: 2 });

test("noise played through Web Audio is recorded to the bit", async ({ loudspeaker, page }) => {
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
	await recording.record(LOUDSPEAKER_RATE / 2);
	for (const channel of await recording.stop()) {
		expect(align(burst, channel)).toMatchObject({ gain: 1, residualDecibels: -Infinity, longestGapFrames: 0 });
	}
});
