import { expect, test } from "vitest";
import { offlineEngine } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";

const LEVEL = 0.5;

async function engineWithLevel(frames = 48_000) {
	const engine = await offlineEngine({ fadeSeconds: 0.005 });
	const samples = new Float32Array(frames).fill(LEVEL);
	await engine.loadSample(0, writeWave(samples, { coding: "f32", sampleRate: 48_000, channels: 1 }));
	return engine;
}

test("gain, pan, rate and offset are those of one voice", async () => {
	const engine = await engineWithLevel();
	engine.playSample(0, 1, { gain: 0.5, pan: 1, rate: 2, offset: 24_000 });
	const [left, right] = engine.renderOffline(13_000);
	expect(left.every((sample) => sample === 0)).toBe(true);
	expect(right[6_000]).toBeCloseTo(LEVEL / 2, 6);
	// The second half at twice the speed.
	expect(right[11_900]).toBeCloseTo(LEVEL / 2, 6);
	expect(right.subarray(12_010).every((sample) => sample === 0)).toBe(true);
});

test("a voice fades in over its time, linearly", async () => {
	const engine = await engineWithLevel();
	engine.playSample(0, 1, { fadeIn: 0.01 });
	const [left] = engine.renderOffline(600);
	expect(left[0]).toBe(0);
	expect(left[240]).toBeCloseTo(LEVEL / 2, 6);
	expect(left[480]).toBe(LEVEL);
});

test("a handle stops its voice alone, over its own fade", async () => {
	const engine = await engineWithLevel();
	const one = engine.playSample(0, 1);
	engine.playSample(0, 0.5);
	engine.renderOffline(1_000);
	one.stop({ fade: 0.1 });
	const [left] = engine.renderOffline(4_801);
	expect(left[0]).toBeCloseTo(1.5 * LEVEL, 6);
	expect(left[2_400]).toBeCloseTo(LEVEL, 6);
	expect(left[4_800]).toBeCloseTo(0.5 * LEVEL, 6);
	expect(engine.stats().activeVoices).toBe(1);
});

test("a handle moves its voice's gain within 10 ms", async () => {
	const engine = await engineWithLevel();
	const voice = engine.playSample(0, 1);
	engine.renderOffline(100);
	voice.setGain(0.2);
	const [left] = engine.renderOffline(481);
	expect(left[0]).toBeCloseTo(LEVEL, 6);
	expect(left[240]).toBeCloseTo(0.6 * LEVEL, 6);
	expect(left[480]).toBeCloseTo(0.2 * LEVEL, 6);
});

test("ended settles when the voice has ended, was stolen, refused, cleared, or never began", async () => {
	const engine = await engineWithLevel(1_000);
	const ended: string[] = [];
	const note = (name: string, voice: { readonly ended: Promise<void> }): void => {
		voice.ended.then(() => ended.push(name)).catch(() => {});
	};
	note("whole", engine.playSample(0, 1));
	note("empty", engine.playSample(1, 1));
	engine.renderOffline(500);
	await Promise.resolve();
	expect(ended).toEqual(["empty"]);
	engine.renderOffline(501);
	await Promise.resolve();
	expect(ended).toEqual(["empty", "whole"]);
	note("cleared", engine.playSample(0, 1, { atFrame: 1_000_000 }));
	engine.renderOffline(1);
	engine.stopAll();
	engine.renderOffline(1);
	await Promise.resolve();
	expect(ended).toEqual(["empty", "whole", "cleared"]);
	note("closed", engine.playSample(0, 1, { loop: true }));
	await engine.shutDown();
	await Promise.resolve();
	expect(ended).toEqual(["empty", "whole", "cleared", "closed"]);
});

test("a voice that waits long is stopped by its handle, however many have been started since", async () => {
	const engine = await engineWithLevel(1_000);
	const late = engine.playSample(0, 1, { atFrame: 200_000 });
	for (let block = 0; block < 90; block++) {
		for (let voice = 0; voice < 100; voice++) engine.playSample(0, 0, { atFrame: 1_000 * block + 1_100 });
		engine.renderOffline(1_000);
	}
	late.stop();
	expect(engine.renderOffline(120_000)[0].every((sample) => sample === 0)).toBe(true);
});

test("options that there are not are refused by name", async () => {
	const engine = await engineWithLevel();
	const pad = engine.pad(0);
	const wrong = { atframe: 5 } as object;
	const calls = [
		() => pad.press(1, wrong),
		() => pad.set({ loop: true }, wrong),
		() => engine.transport.start(wrong),
		() => engine.stopSample(0, wrong),
		() => engine.playSample(0, 1).stop(wrong),
		() => engine.playSample(0, 1).setGain(1, wrong),
	];
	for (const call of calls) expect(call).toThrow(new TypeError("There is no option atframe. The nearest is atFrame."));
	expect(() => engine.renderOffline(1, { queue: true } as object)).toThrow(/no option queue\. The nearest is cue/);
	await expect(async () => pad.exportWav({ formats: "f32" } as object)).rejects.toThrow(/The nearest is format/);
});

test("a handle of a voice that has ended does nothing", async () => {
	const engine = await engineWithLevel(100);
	const voice = engine.playSample(0, 1);
	engine.renderOffline(200);
	engine.playSample(0, 1);
	voice.stop();
	voice.setGain(0);
	const [left] = engine.renderOffline(100);
	expect(left.every((sample) => sample === LEVEL)).toBe(true);
});

test.each([
	[{ gain: -1 }, /gain/],
	[{ gain: Number.NaN }, /gain/],
	[{ pan: 2 }, /pan/],
	[{ rate: 0 }, /rate/],
	[{ rate: 5 }, /rate/],
	[{ offset: -1 }, /offset/],
	[{ fadeIn: 61 }, /fadeIn/],
])("options out of range throw and play nothing: %o", async (options, message) => {
	const engine = await engineWithLevel();
	expect(() => engine.playSample(0, 1, options)).toThrow(message);
	expect(engine.renderOffline(10)[0].every((sample) => sample === 0)).toBe(true);
	const voice = engine.playSample(0, 1);
	expect(() => voice.stop({ fade: 0 })).toThrow(/fade/);
	expect(() => voice.setGain(Number.POSITIVE_INFINITY)).toThrow(/gain/);
});
