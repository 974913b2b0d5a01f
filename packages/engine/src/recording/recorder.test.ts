import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BroadcastChannel } from "node:worker_threads";
import { describe, expect, onTestFinished, test } from "vitest";
import { firstBitDifference } from "../../test/bit-difference.ts";
import { SAMPLE_RATE, turnsUntil } from "../../test/engine-harness.ts";
import { decodeWithFfmpeg, music, writeWave } from "../../test/fixtures.ts";
import { type HandDrivenDevice, handDrivenEngine } from "../../test/hand-driven-engine.ts";
import { HostedEngine } from "../audio-engine.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { Take } from "./take.ts";

const tune = writeWave(music(SAMPLE_RATE, SAMPLE_RATE, 2), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
/** Frames of a ring at 48 kHz, which holds four seconds and more. */
const RING_FRAMES = 2 ** 18;

async function playing(options: AudioEngineOptions): Promise<{ engine: HostedEngine; device: HandDrivenDevice }> {
	const { engine, device } = await handDrivenEngine(options);
	await engine.loadSample(0, tune);
	engine.playSample(0, 0.8, { loop: true });
	return { engine, device };
}

function samplesOf(take: Take): Float32Array {
	onTestFinished(() => take.discard());
	return decodeWithFfmpeg(readFileSync(take.path ?? ""), "wav");
}

function thread(file: string): string {
	return fileURLToPath(new URL(`../../test/threads/${file}`, import.meta.url));
}

describe.each(["shared", "messages"] as const)("over %s", (threading) => {
	test("a take of another thread holds what was rendered, to the bit", async () => {
		const { engine, device } = await playing({ threading });
		device.render(1_000);
		for (let round = 0; round < 3; round++) {
			const { frame } = device;
			await engine.recording.start();
			const heard = device.render(100_000);
			const stopped = engine.recording.stop();
			device.render(128);
			const take = await stopped;
			expect(take).toMatchObject({ startFrame: frame, frames: 100_000, lostFrames: 0, failure: null });
			expect(firstBitDifference(samplesOf(take), heard)).toBeNull();
		}
	});

	test("frames are counted while it records, and a second stop brings the end forward", async () => {
		const { engine, device } = await playing({ threading });
		await engine.recording.start();
		device.render(50_000);
		await turnsUntil(() => (engine.recording.frames ?? 0) >= 49_000);
		const far = engine.recording.stop({ atFrame: 10_000_000 });
		const near = engine.recording.stop();
		device.render(128);
		const take = await near;
		expect([take.frames, await far]).toEqual([50_000, take]);
		await take.discard();
	});

	test("a thread that stands still loses frames: they are counted, and what was whole is kept", async () => {
		const assets = { recordingThread: thread("stalled-recording-thread.node.mjs") };
		const { engine, device } = await playing({ threading, assets });
		const channel = new BroadcastChannel("stalled recording");
		onTestFinished(() => channel.close());
		await engine.recording.start();
		const heard = device.render(2 * RING_FRAMES);
		channel.postMessage("go on");
		await turnsUntil(() => !engine.recording.isRecording);
		const stopped = engine.recording.stop();
		device.render(128);
		const take = await stopped;
		expect(take.failure).toMatch(/^The recording thread was too slow/);
		expect(take.frames + take.lostFrames).toBe(2 * RING_FRAMES);
		expect(take.frames).toBeGreaterThanOrEqual(RING_FRAMES);
		expect(firstBitDifference(samplesOf(take), heard.subarray(0, 2 * take.frames))).toBeNull();
	});

	test("a take that is stopped while the engine is suspended ends with what was rendered", async () => {
		const { engine, device } = await playing({ threading });
		await engine.recording.start();
		const heard = device.render(5_000);
		device.state = "suspended";
		await expect(engine.recording.stop({ atFrame: 9_000 })).rejects.toMatchObject({ code: "not-running" });
		const take = await engine.recording.stop();
		expect(firstBitDifference(samplesOf(take), heard)).toBeNull();
		// One that begins now waits for sound.
		await engine.recording.start();
		device.state = "running";
		const later = device.render(3_000);
		const stopped = engine.recording.stop();
		device.render(128);
		expect(firstBitDifference(samplesOf(await stopped), later)).toBeNull();
	});

	test("a take of so many bars that is stopped while the engine is suspended ends with what was rendered", async () => {
		const { engine, device } = await playing({ threading });
		engine.transport.start();
		device.render(128);
		await engine.recording.start({ bars: 1 });
		device.render(100_000);
		device.state = "suspended";
		const take = await engine.recording.stop();
		expect(take).toMatchObject({ startFrame: 2 * SAMPLE_RATE, frames: 100_128 - 2 * SAMPLE_RATE, failure: null });
		await take.discard();
	});

	test("a take of so many bars begins with its bar where the tempo has moved it to", async () => {
		const { engine, device } = await playing({ threading });
		const { transport } = engine;
		transport.start();
		device.render(128);
		await turnsUntil(() => transport.frameOfBeat(4) !== null);
		await engine.recording.start({ bars: 1 });
		transport.tempo = 60;
		device.render(128);
		await turnsUntil(() => (transport.frameOfBeat(4) ?? 0) > 2 * SAMPLE_RATE);
		HostedEngine.partsOf(engine).recorder?.follow();
		const startFrame = transport.frameOfBeat(4) ?? 0;
		device.render(startFrame - device.frame);
		const heard = device.render(4 * SAMPLE_RATE);
		device.render(128);
		const take = await engine.recording.stop();
		expect(take).toMatchObject({ startFrame, frames: 4 * SAMPLE_RATE, lostFrames: 0, failure: null });
		expect(firstBitDifference(samplesOf(take), heard)).toBeNull();
	});

	test("a take that never heard anything is empty", async () => {
		const { engine, device } = await playing({ threading });
		device.state = "suspended";
		await engine.recording.start();
		const take = await engine.recording.stop();
		expect([take.frames, samplesOf(take).length]).toEqual([0, 0]);
		device.state = "running";
		device.render(1_000);
	});

	test("a take that runs when the engine is shut down is whole", async () => {
		const { engine, device } = await playing({ threading });
		await engine.recording.start();
		const heard = device.render(30_000);
		await engine.shutDown();
		const take = await engine.recording.stop();
		expect(firstBitDifference(samplesOf(take), heard)).toBeNull();
	});

	test("what was kept is saved after the fact, behind a gap from there on", async () => {
		const assets = { recordingThread: thread("stalled-recording-thread.node.mjs") };
		const { engine, device } = await playing({ threading, assets, skipBackSeconds: 1 });
		const channel = new BroadcastChannel("stalled recording");
		onTestFinished(() => channel.close());
		await engine.recording.start();
		device.render(2 * RING_FRAMES);
		channel.postMessage("go on");
		await turnsUntil(() => !engine.recording.isRecording);
		const gapEnd = device.frame;
		const heard: number[] = [];
		// The capture begins again in one of these blocks.
		for (;;) {
			for (const sample of device.render(4_000)) heard.push(sample);
			const take = await engine.recording.keepLast(0.5);
			const samples = samplesOf(take);
			if (take.frames < 24_000 || take.startFrame < gapEnd) continue;
			const start = take.startFrame - gapEnd;
			const expected = Float32Array.from(heard.slice(2 * start, 2 * (start + 24_000)));
			expect(firstBitDifference(samples, expected)).toBeNull();
			break;
		}
	});

	test("a thread that ends fails the take, and the next one has another thread", async () => {
		const assets = { recordingThread: thread("crashing-recording-thread.node.mjs") };
		const { engine } = await playing({ threading, assets });
		const failure = { code: "recording-failed", message: expect.stringMatching(/^The recording thread ended \(.+\)/) };
		await expect(engine.recording.start()).rejects.toMatchObject(failure);
		await expect(engine.recording.start()).rejects.toMatchObject(failure);
		expect(engine.recording.isRecording).toBe(false);
	});

	test("a thread whose file is not there is an unsupported platform, and the option is named", async () => {
		const assets = { recordingThread: thread("no-such-thread.node.mjs") };
		const { engine, device } = await playing({ threading, assets, skipBackSeconds: 1 });
		device.render(5_000);
		const message = expect.stringMatching(
			/^The recording thread cannot start \(.+\)\. .*set assets\.recordingThread\.$/,
		);
		const failure = { code: "unsupported-platform", message };
		await expect(engine.recording.start()).rejects.toMatchObject(failure);
		await expect(engine.recording.keepLast(1)).rejects.toMatchObject(failure);
		await expect(engine.recording.start()).rejects.toMatchObject(failure);
		expect(engine.recording.isRecording).toBe(false);
	});

	test("what was kept is lost with its thread, and kept again", async () => {
		const assets = { recordingThread: thread("crashing-recording-thread.node.mjs") };
		const { engine, device } = await playing({ threading, assets, skipBackSeconds: 1 });
		device.render(5_000);
		await expect(engine.recording.start()).rejects.toMatchObject({ code: "recording-failed" });
		await expect(engine.recording.keepLast(1)).rejects.toThrow(/^What was kept is lost/);
	});

	test("what is kept goes on in the thread of the next take", async () => {
		const assets = { recordingThread: thread("particular-recording-thread.node.mjs") };
		const { engine, device } = await playing({ threading, assets, skipBackSeconds: 1 });
		await expect(engine.recording.start({ format: "s24" })).rejects.toMatchObject({ code: "recording-failed" });
		await engine.recording.start();
		await turnsUntil(() => {
			device.render(480);
			return engine.recording.frames !== 0;
		});
		const take = await engine.recording.keepLast(1);
		expect(samplesOf(take).length).toBeGreaterThan(0);
		const stopped = engine.recording.stop();
		device.render(480);
		await (await stopped).discard();
	});
});
