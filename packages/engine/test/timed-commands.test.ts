import { AudioEngine } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";

const pulse = writeWave(Float32Array.of(0.5), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 });
const level = writeWave(new Float32Array(SAMPLE_RATE).fill(0.5), {
	coding: "f32",
	sampleRate: SAMPLE_RATE,
	channels: 1,
});

/** Frames in which something sounds, of the next ones rendered. */
function soundingFrames(engine: AudioEngine, frames: number): number[] {
	const [left] = engine.renderOffline(frames);
	return [...left.keys()].filter((frame) => left[frame] !== 0);
}

test.each([1, 128, 2048])("starts and stops at a frame are exact, in blocks of %i frames", async (blockFrames) => {
	const engine = await offlineEngine({ blockFrames, fadeSeconds: 0.001 });
	await engine.loadSample(0, pulse);
	await engine.loadSample(1, level);
	const { frame } = engine.stats();
	for (const offset of [3000, 100, 127, 128]) engine.playSample(0, 1, { atFrame: frame + offset });
	expect(soundingFrames(engine, 4000)).toEqual([100, 127, 128, 3000]);

	engine.playSample(1, 1, { loop: true, atFrame: frame + 4500 });
	engine.stopSample(1, { atFrame: frame + 5000 });
	const heard = soundingFrames(engine, 4000);
	expect([heard[0], heard.at(-1), heard.length]).toEqual([500, 1000 + 47, 548]);
	expect(engine.stats()).toMatchObject({ lateCommands: 0, activeVoices: 0 });
});

test("a command whose frame has passed takes effect immediately and is counted late", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, pulse);
	engine.renderOffline(1000);
	engine.playSample(0, 1, { atFrame: 999 });
	engine.playSample(0, 1, { atFrame: 1010 });
	expect(soundingFrames(engine, 128)).toEqual([0, 10]);
	expect(engine.stats().lateCommands).toBe(1);
});

test.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("atFrame %s is rejected", async (atFrame) => {
	const engine = await offlineEngine();
	await engine.loadSample(0, pulse);
	expect(() => engine.playSample(0, 1, { atFrame })).toThrow(
		/^The value of atFrame must be a whole number from 0 to 9007199254740991/,
	);
	expect(() => engine.stopSample(0, { atFrame })).toThrow(RangeError);
	expect(soundingFrames(engine, 128)).toEqual([]);
});

test("1,024 commands may wait for their frames; stopAll clears them, and streams' too", async () => {
	const engine = await offlineEngine({ voices: 256 });
	await engine.loadSample(0, pulse);
	const stream = AudioStreamHandle.open(engine.createStreamHandle().descriptor);
	engine.renderOffline(1);
	const { frame } = engine.stats();
	for (let command = 0; command < 1024; command++) engine.playSample(0, 1, { atFrame: frame + 1000 + command });
	engine.renderOffline(1);
	for (let command = 0; command < 256; command++) stream.playSample(0, 1, { atFrame: frame + 5000 });
	const refused = expect.objectContaining({
		code: "ring-full",
		message: expect.stringMatching(/^1024 commands wait for/),
	});
	expect(() => engine.playSample(0, 1, { atFrame: frame + 2000 })).toThrow(refused);
	expect(() => engine.stopSample(0, { atFrame: frame + 2000 })).toThrow(refused);
	engine.renderOffline(1);
	engine.stopAll();
	expect(soundingFrames(engine, 6000)).toEqual([]);
	engine.playSample(0, 1, { atFrame: frame + 7000 });
	stream.playSample(0, 1, { atFrame: frame + 7001 });
	expect(soundingFrames(engine, 2000)).toEqual([7000 - 6002, 7001 - 6002]);
});

test("the fade's length is an option", async () => {
	const engine = await offlineEngine({ fadeSeconds: 0.1 });
	await engine.loadSample(1, level);
	engine.playSample(1, 1);
	engine.renderOffline(1);
	engine.stopAll();
	const [left] = engine.renderOffline(5000);
	expect(
		[...left.keys()].filter((frame) => Math.abs(left[frame]! - 0.5 * Math.max(0, 1 - frame / 4800)) > 1e-6),
	).toEqual([]);
});

test("a fade longer than the audio thread supports is rejected with the limit", async () => {
	const tooLong = /^A fade of 0.5 s is 24000 frames at 48000 Hz, but .* at most 0.17\.$/;
	expect(() => new AudioEngine({ output: "offline", fadeSeconds: 0.5 })).toThrow(tooLong);
	expect(() => new AudioEngine({ sampleRate: 48_000, fadeSeconds: 0.5 })).toThrow(tooLong);
	expect(() => new AudioEngine({ fadeSeconds: 1.1 })).toThrow(RangeError);
	expect(() => new AudioEngine({ fadeSeconds: 0 })).toThrow(
		/^The value of fadeSeconds must be a number from 0.0005 to 1.024, not 0\.$/,
	);
	const slow = new AudioEngine({ output: "offline", sampleRate: 8000, fadeSeconds: 1.024 });
	await slow.run();
	await slow.shutDown();
});

test("a parameter whose new value is cancelled reads as it is, and is as it reads", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, level);
	const [pad, { transport, master }] = [engine.pad(0), engine];
	const isAsRead = (): void => {
		const { frame } = engine.stats();
		const activity = engine.createActivity();
		pad.press(1);
		const heard = engine.renderOffline(2_000)[0].at(-1) ?? 0;
		engine.readActivity(activity);
		expect(heard).toBeCloseTo(pad.isMuted ? 0 : 0.5 * 10 ** ((pad.gainDecibels + master.gainDecibels) / 20), 4);
		expect([activity.tempo, engine.stats().frame]).toEqual([transport.tempo, frame + 2_000]);
		activity.close();
	};
	transport.start();
	engine.renderOffline(1_000);
	pad.gainDecibels = -3;
	pad.set({ gainDecibels: -20, isMuted: true }, { atLine: 4 });
	transport.set({ tempo: 60 }, { atLine: 4 });
	expect([pad.gainDecibels, pad.isMuted, transport.tempo]).toEqual([-20, true, 60]);
	engine.renderOffline(100);
	transport.stop();
	expect([pad.gainDecibels, pad.isMuted, transport.tempo]).toEqual([-3, false, 120]);
	isAsRead();

	// Of several the one that has fallen due stays; a frame is no line.
	transport.start();
	const { frame } = engine.stats();
	pad.set({ gainDecibels: -6 }, { atFrame: frame + 500 });
	pad.set({ gainDecibels: -9 }, { atFrame: frame + 5_000 });
	pad.set({ gainDecibels: -12 }, { atLine: 4 });
	engine.renderOffline(1_000);
	transport.stop();
	expect(pad.gainDecibels).toBe(-9);
	engine.stopAll();
	expect(pad.gainDecibels).toBe(-6);
	isAsRead();

	// What is set meanwhile at once is what is left.
	master.set({ gainDecibels: -30 }, { atFrame: frame + 20_000 });
	master.gainDecibels = -2;
	engine.stopAll();
	expect(master.gainDecibels).toBe(-2);
	isAsRead();
});

test("a parameter that was set on a line keeps its value when the transport is stopped after it", async () => {
	const engine = await offlineEngine();
	const { transport } = engine;
	// On a transport that stands still a line is at once.
	engine.pad(0).set({ pan: 1 }, { atLine: 4 });
	engine.renderOffline(128);
	transport.start();
	engine.pad(1).set({ pan: 1 }, { atLine: 1 });
	engine.renderOffline(12_000);
	engine.pad(2).set({ pan: 1 }, { atLine: 1 });
	transport.moveTo(7.9);
	engine.renderOffline(10_000);
	transport.stop();
	engine.stopAll();
	expect([0, 1, 2].map((id) => engine.pad(id).pan)).toEqual([1, 1, 1]);
});
