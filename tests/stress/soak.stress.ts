import { describeReport, describeSample, memoryTrends, type SoakReport, underrunsOf } from "./soak-report.ts";
import { soak } from "./soak-run.ts";
import { expect, test } from "./stress-test.ts";

const { SOAK_MINUTES, SOAK_SEED, SOAK_THREADING, SOAK_SOUNDS, SOAK_ATTEMPTS } = process.env;
const minutes = Number(SOAK_MINUTES);
const seed = Number(SOAK_SEED);
const attempts = Number(SOAK_ATTEMPTS);
const threading = SOAK_THREADING ?? "auto";
const SAMPLES = 30;

test.use({ sounds: SOAK_SOUNDS === "all" ? "all" : "few" });
// A slow machine takes longer for the same audio; a stalled one times out.
test.setTimeout(attempts * (2 * minutes + 3) * 60_000);

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** Checks everything that does not depend on the machine's load. */
function expectNothingLost(report: SoakReport): void {
	const { last, samples } = report;
	expect.soft(last).toMatchObject({
		withoutEnd: 0,
		surplusEvents: 0,
		fallingPercents: 0,
		lostEvents: 0,
		refused: 0,
		unlike: 0,
		activeVoices: 0,
		pcmBytes: 0,
	});
	const unexplained = Object.entries(last.messages).filter(([code]) => !EXPLAINED.includes(code));
	expect.soft(Object.fromEntries(unexplained), "unexplained failures").toEqual({});
	const voices = samples.reduce((sum, { figures }) => sum + figures.meanVoices, 0) / samples.length;
	expect.soft(voices, "mean voices").toBeGreaterThan(30);
	const grown = Object.entries(memoryTrends(report)).filter(([, { isFlat }]) => !isFlat);
	expect.soft(Object.fromEntries(grown), "memory that grew").toEqual({});
}

/** Loads that the soak cancels itself. */
const EXPLAINED = ["cancelled"];

test(`${minutes} minutes of 32 voices, random commands and endless loading, seed ${seed}`, async ({
	page,
	browser,
	recordings,
}) => {
	const options = { seconds: 60 * minutes, samples: SAMPLES, sounds: recordings.length, seed, threading };
	const underruns: number[] = [];
	do {
		await page.goto("/");
		print(`\n${test.info().title}, attempt ${underruns.length + 1} of at most ${attempts}:`);
		const report = await soak(page, browser, options, (sample, first) => print(describeSample(sample, first)));
		print(describeReport(report));
		expectNothingLost(report);
		underruns.push(underrunsOf(report).engine);
	} while (underruns.at(-1) !== 0 && underruns.length < attempts);
	print(`  underruns of each attempt: ${underruns.join(", ")}`);
	expect(underruns.at(-1), "underruns of the last attempt").toBe(0);
});
