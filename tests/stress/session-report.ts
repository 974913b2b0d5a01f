import type { Page } from "@playwright/test";

/** What one session on the page saw; see page/session.js. */
export interface SessionReport {
	readonly sampleRate: number;
	/** Length of the loading, and of the idle time after it. */
	readonly frames: number;
	/** Chromium's count: until 32 voices sounded, while recordings were loaded, and as long again without loading. */
	readonly underruns: { readonly starting: number; readonly loading: number; readonly idle: number };
	/** The engine's own figure, of the whole session. */
	readonly engineUnderruns: number;
	/** How long a message had to wait for the main thread. */
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
	/** PCM of each load that succeeded. */
	readonly sampleBytes: readonly number[];
	readonly peakPcmBytes: number;
	readonly peakMemoryBytes: number;
	/** PCM still held when everything had been unloaded. */
	readonly leftPcmBytes: number;
}

/** What a session is asked to do. */
export interface SessionOptions {
	/** Recordings served. */
	readonly sounds: number;
	/** Loads in all; the recordings are taken in turns. */
	readonly loads: number;
	readonly latencyHint: "default" | "playback";
	/** Default "auto". */
	readonly threading?: "auto" | "shared" | "messages";
}

/** Regions that slots and voices can hold: 32 each. */
const HELD_REGIONS = 64;
/** Regions being filled: at most 6 loader threads, each with up to 2.5 times a sample while it is moved to a longer one. */
const FILLED_REGIONS = 6 * 2.5;

/** Runs a session in the page. */
export async function runSession(page: Page, options: SessionOptions): Promise<SessionReport> {
	await page.goto("/");
	return page.evaluate(async (sessionOptions) => {
		const entry = "/session.js";
		const session: { runSession(options: SessionOptions): Promise<SessionReport> } = await import(entry);
		return session.runSession(sessionOptions);
	}, options);
}

/** The most PCM that the session's samples may hold at a time. */
export function pcmBoundBytes({ sampleBytes }: SessionReport): number {
	const largest = sampleBytes.toSorted((one, other) => other - one);
	const held = largest.slice(0, HELD_REGIONS).reduce((sum, bytes) => sum + bytes, 0);
	return held + FILLED_REGIONS * (largest[0] ?? 0);
}
