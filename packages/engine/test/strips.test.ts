import { expect, test } from "vitest";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";

const steady = writeWave(new Float32Array(4800).fill(0.5), { sampleRate: SAMPLE_RATE, channels: 1, coding: "f32" });

test("a cued pad is rendered on request, whatever its gain is", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, steady);
	engine.pad(0).set({ isCued: true, isMuted: true, loop: true });
	engine.pad(0).press(1);
	const [left, right, cueLeft, cueRight] = engine.renderOffline(1000, { cue: true });
	expect([left[999], right[999], cueLeft[999], cueRight[999]]).toEqual([0, 0, 0.5, 0.5]);
	expect(engine.renderOffline(10)).toHaveLength(2);
	const wrong = { cue: 1 } as unknown as { cue: true };
	expect(() => engine.renderOffline(10, wrong)).toThrow(
		new TypeError("The value of cue must be true or false, not 1."),
	);
});

test("a killed band is silent, and a soloed pad is the only one heard", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, steady);
	await engine.loadSample(1, steady);
	engine.pad(0).set({ loop: true, eq: { lowDecibels: Number.NEGATIVE_INFINITY, midDecibels: 0, highDecibels: 0 } });
	engine.pad(1).set({ loop: true, gainDecibels: -20 * Math.log10(2) });
	engine.pad(0).press(1);
	engine.pad(1).press(1);
	expect(engine.renderOffline(SAMPLE_RATE)[0].at(-1)).toBeCloseTo(0.25, 5);
	engine.pad(0).isSoloed = true;
	expect(engine.renderOffline(SAMPLE_RATE)[0].at(-1)).toBeCloseTo(0, 5);
});

test("the limiter holds the output at its ceiling, and an activity shows by how much it reduces the gain", async () => {
	const engine = await offlineEngine();
	const activity = engine.createActivity();
	await engine.loadSample(0, steady);
	engine.master.limiter = { isOn: true, ceilingDecibels: -20 };
	engine.playSample(0, 1, { loop: true });
	const [left] = engine.renderOffline(SAMPLE_RATE);
	expect(left.reduce((peak, value) => Math.max(peak, value), 0)).toBeLessThanOrEqual(Math.fround(0.1));
	engine.readActivity(activity);
	expect(activity.gainReductionDecibels).toBeCloseTo(20 * Math.log10(5), 4);
});
