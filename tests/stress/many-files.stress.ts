import { type LoadReport, pcmBoundBytes, runLoads } from "./load-report.ts";
import { expect, test } from "./stress-test.ts";

const { STRESS_FILES } = process.env;
const loads = Number(STRESS_FILES);

test.use({ sounds: "all" });

function mebibytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function describe(report: LoadReport): string {
	const { underruns, longestHoldMs, requests, withoutEnd, failures } = report;
	const failureList = Object.entries(failures).map(([code, count]) => `${count} ${code}`);
	return [
		`  ${(report.frames / report.sampleRate).toFixed(1)} s of loading, then as long without`,
		`  underruns: ${underruns.loading} while loading, ${underruns.idle} without, ${underruns.starting} at the start` +
			` (the engine counts ${report.engineUnderruns} in all)`,
		`  requests: ${requests}, of which ${report.sampleBytes.length} succeeded, ${withoutEnd} never ended;` +
			` failures: ${failureList.join(", ") || "none"}`,
		`  events after an end: ${report.surplusEvents}; percents that fell: ${report.fallingPercents};` +
			` events lost: ${report.lostEvents}`,
		`  voices: at least ${report.fewestVoices} of 32`,
		`  PCM: at most ${mebibytes(report.peakPcmBytes)} of the ${mebibytes(pcmBoundBytes(report))} that slots, voices and` +
			` loads may hold; ${mebibytes(report.leftPcmBytes)} left after unloading`,
		`  engine memory: at most ${mebibytes(report.peakMemoryBytes)}`,
		`  main thread: a message waited for at most ${longestHoldMs.loading.toFixed(1)} ms while loading,` +
			` ${longestHoldMs.idle.toFixed(1)} ms without`,
	].join("\n");
}

for (const latencyHint of ["default", "playback"] as const) {
	test(`no underrun while recordings load, latencyHint ${latencyHint}`, async ({ page, recordings }) => {
		const report = await runLoads(page, { sounds: recordings.length, loads, latencyHint });
		process.stdout.write(
			`\n${loads} loads of ${recordings.length} recordings, latencyHint ${latencyHint}:\n${describe(report)}\n`,
		);
		expect.soft(report).toMatchObject({
			requests: loads,
			withoutEnd: 0,
			surplusEvents: 0,
			fallingPercents: 0,
			lostEvents: 0,
			fewestVoices: 32,
			leftPcmBytes: 0,
		});
		expect.soft(report.failures).toEqual({});
		expect.soft(report.peakPcmBytes).toBeLessThanOrEqual(pcmBoundBytes(report));
		expect.soft(report.peakMemoryBytes).toBeLessThanOrEqual(2 * pcmBoundBytes(report));
		expect.soft(report.underruns.loading, "underruns while recordings load").toBe(0);
	});
}
