import type { BrowserMemory } from "./browser-memory.ts";
import { type FlatnessLimit, type Trend, trendOf } from "./flatness.ts";

/** Figures of page/soak.js at one time. */
export interface SoakFigures {
	/** Seconds of audio since the engine started. */
	readonly seconds: number;
	readonly threading: string;
	readonly underruns: number;
	readonly lostEvents: number;
	readonly lateCommands: number;
	readonly memoryBytes: number;
	readonly pcmBytes: number;
	readonly peakPcmBytes: number;
	/** Mean since the previous figures. */
	readonly meanVoices: number;
	/** Commands sent by the page and its player thread, successful loads included. */
	readonly commands: number;
	/** Commands in the recorded performances. */
	readonly recorded: number;
	/** Differences between the recorded and sent commands, counted by type. */
	readonly unlike: number;
	/** Calls that ended in `ring-full`. */
	readonly refused: number;
	/** Longest delay of a message to the main thread since the previous figures. */
	readonly longestHoldMs: number;
	readonly requests: number;
	readonly withoutEnd: number;
	readonly surplusEvents: number;
	readonly fallingPercents: number;
	readonly failures: Readonly<Record<string, number>>;
	/** The first message of each code. */
	readonly messages: Readonly<Record<string, string>>;
}

/** Figures of the page and the machine at one time. */
export interface SoakSample {
	readonly figures: SoakFigures;
	readonly memory: BrowserMemory;
	/** Underruns of a bare oscillator in another process. */
	readonly controlUnderruns: number;
	/** Share of the time since the last sample in which a process waited for a processor; null if unknown. */
	readonly waitedShare: number | null;
}

/** The report of a soak. */
export interface SoakReport {
	readonly first: SoakSample;
	/** Evenly spaced. */
	readonly samples: readonly SoakSample[];
	/** After everything was unloaded. */
	readonly last: SoakFigures & { readonly activeVoices: number };
}

const MEBIBYTE = 2 ** 20;

/** Allowed growth from the second to the last third of the samples. */
const LIMITS = {
	heap: { bytes: MEBIBYTE, share: 0.05 },
	/** Grows in steps of 16 MiB due to fragmentation, and never shrinks. */
	memoryBytes: { bytes: 32 * MEBIBYTE, share: 0.05 },
	resident: { bytes: 32 * MEBIBYTE, share: 0.05 },
} as const satisfies Record<string, FlatnessLimit>;

/** The trend of each measure of memory. */
export function memoryTrends({ samples }: SoakReport): Readonly<Record<keyof typeof LIMITS, Trend>> {
	return {
		heap: trendOf(
			samples.map(({ memory }) => memory.heap),
			LIMITS.heap,
		),
		memoryBytes: trendOf(
			samples.map(({ figures }) => figures.memoryBytes),
			LIMITS.memoryBytes,
		),
		resident: trendOf(
			samples.map(({ memory }) => memory.resident),
			LIMITS.resident,
		),
	};
}

/** Underruns after all voices sounded. */
export function underrunsOf({ first, samples }: SoakReport): { engine: number; control: number } {
	const end = samples.at(-1) ?? first;
	return {
		engine: end.figures.underruns - first.figures.underruns,
		control: end.controlUnderruns - first.controlUnderruns,
	};
}

function mebibytes(bytes: number): string {
	return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

function percents(share: number | null): string {
	return share === null ? "unknown" : `${(100 * share).toFixed(0)} %`;
}

/** One line per sample, to follow a long soak. */
export function describeSample(
	{ figures, memory, controlUnderruns, waitedShare }: SoakSample,
	first: SoakSample,
): string {
	return [
		`${figures.seconds.toFixed(0)} s`.padStart(7),
		`underruns ${figures.underruns - first.figures.underruns} (oscillator ${controlUnderruns - first.controlUnderruns})`,
		`voices ${figures.meanVoices.toFixed(1)}`,
		`${figures.commands} commands`,
		`${figures.requests} loads`,
		`heap ${mebibytes(memory.heap)}`,
		`engine ${mebibytes(figures.memoryBytes)}`,
		`resident ${mebibytes(memory.resident)}`,
		`main thread blocked ${figures.longestHoldMs.toFixed(0)} ms`,
		`waited for a processor ${percents(waitedShare)}`,
	].join(" · ");
}

/** The whole report. */
export function describeReport(report: SoakReport): string {
	const { first, samples, last } = report;
	const underruns = underrunsOf(report);
	const waited = samples.flatMap(({ waitedShare }) => (waitedShare === null ? [] : [waitedShare]));
	const meanWaited = waited.length === 0 ? null : waited.reduce((sum, share) => sum + share, 0) / waited.length;
	const failures = Object.entries(last.failures).map(([code, count]) => `${count} ${code}`);
	const trends = Object.entries(memoryTrends(report)).map(
		([name, { middle, last: end, highest, isFlat }]) =>
			`  ${name}: ${mebibytes(middle)} in the second third, ${mebibytes(end)} in the last, at most ${mebibytes(highest)}:` +
			` ${isFlat ? "flat" : "NOT FLAT"}`,
	);
	return [
		`  ${((samples.at(-1) ?? first).figures.seconds - first.figures.seconds).toFixed(1)} s of sound, threading ${last.threading}`,
		`  underruns: ${underruns.engine}; a bare oscillator in another process had ${underruns.control};` +
			` a process waited for a processor ${percents(meanWaited)} of the time`,
		`  commands: ${last.commands}, rejected ${last.refused}, late ${last.lateCommands}; ${last.recorded} recorded,` +
			` ${last.unlike} differing from those sent`,
		`  loads: ${last.requests}, without end ${last.withoutEnd}, events after an end ${last.surplusEvents}, events lost` +
			` ${last.lostEvents}, percents that fell ${last.fallingPercents}; failures: ${failures.join(", ") || "none"}`,
		...trends,
		`  left after unloading: ${last.activeVoices} voices, ${mebibytes(last.pcmBytes)} of PCM`,
	].join("\n");
}
