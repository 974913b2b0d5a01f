import { pcmBoundBytes, runLoads } from "./load-report.ts";
import { expect, test } from "./stress-test.ts";

const LOADS = 60;

test("real recordings replace slot after slot while 32 loops play, without leaks", async ({
	page,
	recordings,
}, testInfo) => {
	const report = await runLoads(page, { sounds: recordings.length, loads: LOADS, latencyHint: "default" });
	testInfo.annotations.push({ type: "underruns", description: JSON.stringify(report.underruns) });
	expect(report).toMatchObject({
		requests: LOADS,
		withoutEnd: 0,
		surplusEvents: 0,
		fallingPercents: 0,
		lostEvents: 0,
		fewestVoices: 32,
		leftPcmBytes: 0,
	});
	expect(report.failures).toEqual({});
	expect(report.sampleBytes.length).toBeGreaterThan(0.9 * LOADS);
	expect(report.peakPcmBytes).toBeLessThanOrEqual(pcmBoundBytes(report));
});
