import type { Page } from "@playwright/test";

/** The report of page/load-run.js. */
export interface LoadReport {
	readonly sampleRate: number;
	/** Length of the loading phase, and of the idle phase after it. */
	readonly frames: number;
	/** Chromium's count: until 32 voices sounded, during loading, and during the idle phase. */
	readonly underruns: { readonly starting: number; readonly loading: number; readonly idle: number };
	/** The engine's own count, in total. */
	readonly engineUnderruns: number;
	/** Longest delay of a message to the main thread. */
	readonly longestHoldMs: { readonly loading: number; readonly idle: number };
	readonly requests: number;
	readonly withoutEnd: number;
	/** Events of requests that had ended. */
	readonly surplusEvents: number;
	readonly fallingPercents: number;
	/** Failed requests by error code. */
	readonly failures: Readonly<Record<string, number>>;
	readonly lostEvents: number;
	readonly fewestVoices: number;
	/** PCM bytes of each successful load. */
	readonly sampleBytes: readonly number[];
	readonly peakPcmBytes: number;
	readonly peakMemoryBytes: number;
	/** PCM bytes in use after everything was unloaded. */
	readonly leftPcmBytes: number;
}

/** Options of a load run. */
export interface LoadRunOptions {
	/** Number of recordings served. */
	readonly sounds: number;
	/** Total loads, cycling through the recordings. */
	readonly loads: number;
	readonly latencyHint: "default" | "playback";
	/** Default "auto". */
	readonly threading?: "auto" | "shared" | "messages";
}

/** Regions that slots and voices can retain: 32 each. */
const RETAINED_REGIONS = 64;
/** Regions being filled by at most 6 loader threads, each up to 2.5 times a sample while it is moved to a longer one. */
const FILLED_REGIONS = 6 * 2.5;

/** Runs the loads in the page. */
export async function runLoads(page: Page, options: LoadRunOptions): Promise<LoadReport> {
	await page.goto("/");
	return page.evaluate(async (runOptions) => {
		const entry = "/load-run.js";
		const module: { runLoads(options: LoadRunOptions): Promise<LoadReport> } = await import(entry);
		return module.runLoads(runOptions);
	}, options);
}

/** Upper bound of the PCM bytes in use at a time. */
export function pcmBoundBytes({ sampleBytes }: LoadReport): number {
	const largest = sampleBytes.toSorted((one, other) => other - one);
	const retained = largest.slice(0, RETAINED_REGIONS).reduce((sum, bytes) => sum + bytes, 0);
	return retained + FILLED_REGIONS * (largest[0] ?? 0);
}
