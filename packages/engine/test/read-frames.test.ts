import { describe, expect, test } from "vitest";
import { encodeWav } from "../src/wav/encode-wav.ts";
import { offlineEngine, planar, SAMPLE_RATE } from "./engine-harness.ts";
import { firstDifference, noise } from "./fixtures.ts";

/** More than two pieces of a reading, and no whole number of them. */
const FRAMES = 70_001;
const channels = planar(noise(FRAMES, 2, { seed: 21 }));
const source = encodeWav(channels, { sampleRate: SAMPLE_RATE });

describe.each(["shared", "messages"] as const)("%s", (threading) => {
	test("frames are copied from anywhere in the sample, and end where it does", async () => {
		const engine = await offlineEngine({ threading });
		await engine.loadSample(3, source);
		const pad = engine.pad(3);
		for (const [first, frames] of [
			[0, FRAMES],
			[1, 1],
			[32_767, 32_770],
			[FRAMES - 2, 1_000],
			[FRAMES, 5],
			[2 ** 40, 2 ** 40],
		] as const) {
			const read = await pad.readFrames(first, frames);
			expect(read).toHaveLength(2);
			for (const [channel, samples] of read.entries()) {
				expect(firstDifference(samples, channels[channel]!.slice(first, first + frames))).toBeNull();
			}
		}
	});

	test("the waveform is the extremes of what is read, the same object until the pad holds another sample", async () => {
		const engine = await offlineEngine({ threading });
		const pad = engine.pad(0);
		expect(pad.waveform()).toBeNull();
		await engine.loadSample(0, source);
		const waveform = pad.waveform()!;
		expect(pad.waveform()).toBe(waveform);
		const read = await pad.readFrames(0, FRAMES);
		const { framesPerPeak, lows, highs } = waveform;
		expect([lows.length, highs.length]).toEqual([Math.ceil(FRAMES / framesPerPeak), Math.ceil(FRAMES / framesPerPeak)]);
		for (const [peak, low] of lows.entries()) {
			const span = read.flatMap((samples) => [...samples.subarray(peak * framesPerPeak, (peak + 1) * framesPerPeak)]);
			expect([low, highs[peak]]).toEqual([Math.min(...span), Math.max(...span)]);
		}
		await engine.loadSample(1, source);
		expect(engine.pad(1).waveform()).toBe(waveform);
		engine.unloadSample(0);
		expect(pad.waveform()).toBeNull();
	});

	test("what is read is the sample at the call, though it is replaced meanwhile", async () => {
		const engine = await offlineEngine({ threading });
		await engine.loadSample(0, source);
		const reading = engine.pad(0).readFrames(0, FRAMES);
		engine.unloadSample(0);
		engine.renderOffline(256);
		const [left] = await reading;
		expect(firstDifference(left!, channels[0])).toBeNull();
		await expect(engine.pad(0).readFrames(0, 1)).rejects.toMatchObject({ code: "empty-pad" });
	});

	test("wrong arguments are refused at the call", async () => {
		const pad = (await offlineEngine({ threading })).pad(0);
		expect(() => pad.readFrames(-1, 1)).toThrow(RangeError);
		expect(() => pad.readFrames(0, 1.5)).toThrow(RangeError);
		expect(() => pad.readFrames("0" as never, 1)).toThrow("firstFrame");
	});
});
