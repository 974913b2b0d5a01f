import { setTimeout } from "node:timers/promises";
import { AudioEngine, type EngineStats } from "flitzis-looper";
import { AudioContext, AudioNode, OfflineAudioContext } from "node-web-audio-api";
import { expect, onTestFinished, test } from "vitest";
import { SAMPLE_RATE } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

const tune = music(SAMPLE_RATE, SAMPLE_RATE, 2);
const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

/** A context that runs without a sound card. */
function contextWithoutDevice(): AudioContext {
	// The library supports a standard option that the DOM types lack.
	const options = { sinkId: { type: "none" }, sampleRate: SAMPLE_RATE };
	const context = new AudioContext(options);
	onTestFinished(() => context.close());
	return context;
}

/** An engine connected to the context's destination. */
async function runningEngine(context: AudioContext | OfflineAudioContext): Promise<AudioEngine> {
	const engine = new AudioEngine({ audioContext: context });
	expect(await engine.run()).toBe("running");
	if (!(engine.output instanceof AudioNode)) throw new Error("The engine has no output node.");
	engine.output.connect(context.destination);
	return engine;
}

/** Polls in intervals, so that the worklet, which shares the processor, can run. */
async function untilAudioThread(holds: () => boolean): Promise<void> {
	while (!holds()) await setTimeout(5);
}

test("loads, plays and stops through the real worklet host", async () => {
	const engine = await runningEngine(contextWithoutDevice());
	await engine.loadSample(0, tuneFile);
	engine.playSample(0, 1, { loop: true });
	let stats: EngineStats = engine.stats();
	await untilAudioThread(() => {
		stats = engine.stats();
		return stats.activeVoices === 1 && stats.peak > 0.1;
	});
	expect(stats).toMatchObject({ state: "running", sampleRate: SAMPLE_RATE, blockFrames: 128, droppedVoices: 0 });
	engine.stopSample(0);
	await untilAudioThread(() => engine.stats().activeVoices === 0);
	await engine.shutDown();
});

test("a new engine starts on a context used by an older one", async () => {
	const context = contextWithoutDevice();
	for (let round = 0; round < 2; round++) {
		const engine = await runningEngine(context);
		await engine.loadSample(3, tuneFile);
		engine.playSample(3, 0.5);
		await untilAudioThread(() => engine.stats().activeVoices === 1);
		await engine.shutDown();
		expect(context.state).toBe("running");
	}
});

test("a sample played in an OfflineAudioContext keeps its bits", async () => {
	const context = new OfflineAudioContext({ numberOfChannels: 2, length: SAMPLE_RATE, sampleRate: SAMPLE_RATE });
	const engine = await runningEngine(context);
	await engine.loadSample(0, tuneFile);
	engine.playSample(0, 1);
	await engine.resume();
	const rendered = await context.startRendering();
	expect(rendered.getChannelData(0)).toEqual(tune.filter((_, index) => index % 2 === 0));
	expect(rendered.getChannelData(1)).toEqual(tune.filter((_, index) => index % 2 === 1));
	await engine.shutDown();
});

test("triggers and stops sent before an OfflineAudioContext renders take effect at their frames", async () => {
	const context = new OfflineAudioContext({ numberOfChannels: 2, length: SAMPLE_RATE, sampleRate: SAMPLE_RATE });
	const engine = await runningEngine(context);
	const constant = new Float32Array(SAMPLE_RATE).fill(0.5);
	await engine.loadSample(0, writeWave(constant, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 }));
	const starts = [1, 10_000, 20_001, 30_127];
	for (const start of starts) {
		engine.playSample(0, 1, { atFrame: start });
		engine.stopSample(0, { atFrame: start + 777 });
	}
	const rendered = await context.startRendering();
	const fade = (frame: number): number => 0.5 * Math.fround((240 - frame) / 240);
	const expected = new Float32Array(SAMPLE_RATE);
	for (const start of starts) {
		expected.fill(0.5, start, start + 777);
		for (let frame = 0; frame < 240; frame++) expected[start + 777 + frame] = fade(frame);
	}
	expect(rendered.getChannelData(0)).toEqual(expected);
	expect(rendered.getChannelData(1)).toEqual(expected);
	expect(engine.stats().lateCommands).toBe(0);
	await engine.shutDown();
});
