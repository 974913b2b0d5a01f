import { runSession } from "./session-report.ts";
import { expect, test } from "./stress-test.ts";

/** So many that loads are in flight for all 32 slots nearly until the end. */
const LOADS = 160;

// A machine that is busy with something else can starve its loudspeaker for a moment; an engine that breaks up does so each time.
test.describe.configure({ retries: 2 });

for (const threading of ["shared", "messages"] as const) {
	test(`${threading}: 32 loads in flight while 32 voices sound make no underrun`, async ({
		page,
		recordings,
	}, testInfo) => {
		const options = { sounds: recordings.length, loads: LOADS, latencyHint: "default", threading } as const;
		const report = await runSession(page, options);
		const { underruns, frames, sampleRate } = report;
		const figures = { ...underruns, loadingSeconds: frames / sampleRate, failures: report.failures };
		testInfo.annotations.push({ type: "underruns", description: JSON.stringify(figures) });
		process.stdout.write(`${threading}: ${JSON.stringify(figures)}\n`);
		expect(report).toMatchObject({ requests: LOADS, withoutEnd: 0, lostEvents: 0, fewestVoices: 32, leftPcmBytes: 0 });
		expect(report.failures).toEqual({});
		expect(underruns.loading).toBe(0);
	});
}
