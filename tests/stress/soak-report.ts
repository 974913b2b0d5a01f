import type { BrowserMemory } from "./browser-memory.ts";
import { type FlatnessLimit, type Trend, trendOf } from "./flatness.ts";

/** What a soak's page tells at a moment; see page/soak.js. */
export interface SoakLook {
	/** Sound since the engine started. */
	readonly seconds: number;
	readonly threading: string;
	readonly underruns: number;
	readonly lostEvents: number;
	readonly lateCommands: number;
	readonly memoryBytes: number;
	readonly pcmBytes: number;
	readonly peakPcmBytes: number;
	/** Mean since the last look. */
	readonly meanVoices: number;
	/** Commands that the page and its player's thread have sent, loads that succeeded included. */
	readonly commands: number;
	/** Commands of the performances from one poll to the next. */
	readonly recorded: number;
	/** By how many the performances' counts, type by type, differ from what was sent meanwhile. */
	readonly unlike: number;
	/** Calls that ended in `ring-full`. */
	readonly refused: number;
	/** The longest time that a message waited for the main thread since the last look. */
	readonly longestHoldMs: number;
	readonly requests: number;
	readonly withoutEnd: number;
	readonly surplusEvents: number;
	readonly fallingPercents: number;
	readonly failures: Readonly<Record<string, number>>;
	/** The first message of each code. */
	readonly messages: Readonly<Record<string, string>>;
}

/** A look, and what the rest of the machine shows at the same time. */
export interface SoakSample {
	readonly look: SoakLook;
	readonly memory: BrowserMemory;
	/** Underruns of a bare oscillator in another process. */
	readonly controlUnderruns: number;
	/** Share of the time since the last sample in which something waited for a processor; null where nobody tells. */
	readonly waitedShare: number | null;
}

/** Everything that a soak found. */
export interface SoakReport {
	readonly first: SoakSample;
	/** At even distances. */
	readonly samples: readonly SoakSample[];
	/** When all was unloaded. */
	readonly last: SoakLook & { readonly activeVoices: number };
}

const MEBIBYTE = 2 ** 20;

/** What "flat" means: how far the last third of the samples may lie above the second. */
const LIMITS = {
	heap: { bytes: MEBIBYTE, share: 0.05 },
	/** Grows by steps of 16 MiB when a region finds no place between others, and never shrinks. */
	memoryBytes: { bytes: 32 * MEBIBYTE, share: 0.05 },
	resident: { bytes: 32 * MEBIBYTE, share: 0.05 },
} as const satisfies Record<string, FlatnessLimit>;

/** How each measure of memory went. */
export function memoryTrends({ samples }: SoakReport): Readonly<Record<keyof typeof LIMITS, Trend>> {
	return {
		heap: trendOf(
			samples.map(({ memory }) => memory.heap),
			LIMITS.heap,
		),
		memoryBytes: trendOf(
			samples.map(({ look }) => look.memoryBytes),
			LIMITS.memoryBytes,
		),
		resident: trendOf(
			samples.map(({ memory }) => memory.resident),
			LIMITS.resident,
		),
	};
}

/** Underruns from the moment when all voices sounded. */
export function underrunsOf({ first, samples }: SoakReport): { engine: number; control: number } {
	const end = samples.at(-1) ?? first;
	return {
		engine: end.look.underruns - first.look.underruns,
		control: end.controlUnderruns - first.controlUnderruns,
	};
}

function mebibytes(bytes: number): string {
	return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

function percents(share: number | null): string {
	return share === null ? "unknown" : `${(100 * share).toFixed(0)} %`;
}

/** One line for a sample, so that a long soak shows how it goes. */
export function describeSample({ look, memory, controlUnderruns, waitedShare }: SoakSample, first: SoakSample): string {
	return [
		`${look.seconds.toFixed(0)} s`.padStart(7),
		`underruns ${look.underruns - first.look.underruns} (oscillator ${controlUnderruns - first.controlUnderruns})`,
		`voices ${look.meanVoices.toFixed(1)}`,
		`${look.commands} commands`,
		`${look.requests} loads`,
		`heap ${mebibytes(memory.heap)}`,
		`engine ${mebibytes(look.memoryBytes)}`,
		`resident ${mebibytes(memory.resident)}`,
		`main thread held ${look.longestHoldMs.toFixed(0)} ms`,
		`processor waited for ${percents(waitedShare)}`,
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
		`  ${((samples.at(-1) ?? first).look.seconds - first.look.seconds).toFixed(1)} s of sound, threading ${last.threading}`,
		`  underruns: ${underruns.engine}; a bare oscillator in another process had ${underruns.control};` +
			` something waited for a processor ${percents(meanWaited)} of the time`,
		`  commands: ${last.commands}, refused ${last.refused}, late ${last.lateCommands}; ${last.recorded} recorded as having taken effect,` +
			` ${last.unlike} more or less than sent`,
		`  loads: ${last.requests}, without end ${last.withoutEnd}, events after an end ${last.surplusEvents}, events lost` +
			` ${last.lostEvents}, percents that fell ${last.fallingPercents}; failures: ${failures.join(", ") || "none"}`,
		...trends,
		`  left when all was unloaded: ${last.activeVoices} voices, ${mebibytes(last.pcmBytes)} of PCM`,
	].join("\n");
}
