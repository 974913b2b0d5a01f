import { runLoads } from "./load-report.ts";
import { expect, test } from "./stress-test.ts";

/** Enough to keep loads in flight for all 32 slots nearly until the end. */
const LOADS = 160;

// Other processes can cause a dropout on a busy machine; a fault of the engine would repeat.
test.describe.configure({ retries: 2 });

for (const threading of ["shared", "messages"] as const) {
	test(`${threading}: 32 loads in flight while 32 voices play cause no underrun`, async ({
		page,
		recordings,
	}, testInfo) => {
		const options = { sounds: recordings.length, loads: LOADS, latencyHint: "default", threading } as const;
		const report = await runLoads(page, options);
		const { underruns, frames, sampleRate } = report;
		const figures = { ...underruns, loadingSeconds: frames / sampleRate, failures: report.failures };
		testInfo.annotations.push({ type: "underruns", description: JSON.stringify(figures) });
		process.stdout.write(`${threading}: ${JSON.stringify(figures)}\n`);
		expect(report).toMatchObject({ requests: LOADS, withoutEnd: 0, lostEvents: 0, fewestVoices: 32, leftPcmBytes: 0 });
		expect(report.failures).toEqual({});
		expect(underruns.loading).toBe(0);
	});
}
