import { AudioEngine, renderPerformance } from "flitzis-looper";
import { AudioNode, OfflineAudioContext } from "node-web-audio-api";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { SAMPLE_RATE } from "./engine-harness.ts";
import { noise, writeWave } from "./fixtures.ts";
import { join } from "./random-performance.ts";

const FRAMES = 24_000;
const file = writeWave(noise(5_000, 2, { seed: 1 }), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

test("a performance in an OfflineAudioContext extends to the last block that the engine knows of", async () => {
	const context = new OfflineAudioContext({ numberOfChannels: 2, length: FRAMES, sampleRate: SAMPLE_RATE });
	const engine = new AudioEngine({ audioContext: context });
	await engine.run();
	if (!(engine.output instanceof AudioNode)) throw new Error("The engine has no output node.");
	engine.output.connect(context.destination);
	await engine.loadSample(0, file);
	engine.performance.start();
	for (let count = 0; count < 50; count++) {
		engine.playSample(0, (count % 7) / 7, { atFrame: 397 * count, loop: count % 5 === 0 });
		engine.stopSample(0, { atFrame: 397 * count + 2_001 });
	}
	// Settles when the worklet has received every command.
	await engine.resume();
	const heard = await context.startRendering();
	const performance = await engine.performance.stop();
	const { threading } = engine.stats();
	await engine.shutDown();
	if (threading === "shared") {
		// The context renders whole blocks.
		expect(performance.frames).toBe(Math.ceil(FRAMES / 128) * 128);
		expect(performance.commands.filter(({ type }) => type === "play")).toHaveLength(50);
	} else {
		// Over ports the context may end before its last blocks are reported.
		expect(performance.frames).toBeGreaterThan(0);
		expect(performance.frames).toBeLessThanOrEqual(Math.ceil(FRAMES / 128) * 128);
	}
	const pieces: [Float32Array, Float32Array][] = [];
	for await (const piece of renderPerformance(performance, () => file)) pieces.push(piece);
	for (const channel of [0, 1] as const) {
		const rendered = join(pieces, channel).subarray(0, FRAMES);
		expect(firstBitDifference(rendered, heard.getChannelData(channel).subarray(0, rendered.length))).toBeNull();
	}
});
