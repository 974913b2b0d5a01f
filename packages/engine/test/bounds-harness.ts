import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AudioEngine, AudioEngineOptions, LoaderErrorCode, LoaderEvent, SampleSource } from "flitzis-looper";
import { expect, onTestFinished, vi } from "vitest";
import { isTerminal, offlineEngine, planar, pollAll, pollUntil, SAMPLE_RATE } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

const old = music(4_800, SAMPLE_RATE, 2, 1);
const oldFile = writeWave(old, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
const other = writeWave(music(100, SAMPLE_RATE, 1, 2), { sampleRate: SAMPLE_RATE, channels: 1 });

/** An engine with one loader thread whose slot 0 holds a sample that no failing load may touch. */
export interface BoundsHarness {
	readonly engine: AudioEngine;
	/** For the test's files; temporary files of the engine go elsewhere. */
	readonly folder: string;
	/** Temporary files of the engine: names, and open files without one. */
	readonly temporaries: () => string[];
	/**
	 * Loads a source that must fail into slot 0 and sees that nothing but the one event came of it.
	 *
	 * @returns how far it came, as the last progress told.
	 */
	readonly refuses: (
		source: SampleSource,
		failure: { code: LoaderErrorCode; msg: RegExp },
		onEvent?: (event: LoaderEvent) => void,
	) => Promise<{ readonly stage: string; readonly percent: number }>;
}

/** Starts a bench; it goes when the test ends. */
export async function boundsBench(options: AudioEngineOptions = {}): Promise<BoundsHarness> {
	const folder = mkdtempSync(join(tmpdir(), "looper-bounds-"));
	const spools = mkdtempSync(join(tmpdir(), "looper-spools-"));
	vi.stubEnv("TMPDIR", spools);
	onTestFinished(() => {
		vi.unstubAllEnvs();
		for (const path of [folder, spools]) rmSync(path, { recursive: true, force: true });
	});
	const engine = await offlineEngine({ loaderThreads: 1, ...options });
	await engine.loadSample(0, oldFile);
	const info = engine.sampleInfo(0);
	const { pcmBytes } = engine.stats();
	const temporaries = (): string[] => {
		// A spool that is seen open without a name has none from then on.
		const open = openFiles().filter((path) => path.startsWith(spools));
		return [...open, ...readdirSync(spools)];
	};
	return {
		engine,
		folder,
		temporaries,
		async refuses(source, failure, onEvent = () => {}) {
			const requestId = engine.loadSampleAsync(0, source);
			const events = await pollUntil(engine, (event) => {
				onEvent(event);
				return isTerminal(event);
			});
			expect(temporaries()).toEqual([]);
			expect(engine.stats().pcmBytes).toBe(pcmBytes);
			// The thread is still of use, and has nothing more to say of what failed.
			await engine.loadSample(1, other);
			events.push(...pollAll(engine));
			const { msg, code } = failure;
			expect(events.filter((event) => event.requestId === requestId && isTerminal(event))).toEqual([
				{ type: "error", id: 0, requestId, source: expect.any(String), code, msg: expect.stringMatching(msg) },
			]);
			engine.unloadSample(1);
			expect(engine.sampleInfo(0)).toBe(info);
			engine.playSample(0, 1);
			expect(engine.renderOffline(4_800)).toEqual(planar(old));
			expect(engine.stats().pcmBytes).toBe(pcmBytes);
			return lastProgress(events);
		},
	};
}

function lastProgress(events: readonly LoaderEvent[]): { readonly stage: string; readonly percent: number } {
	const last = events.findLast((event) => event.type === "progress");
	return { stage: last?.stage ?? "", percent: last?.percent ?? 0 };
}

/** Where this process's descriptors lead, its threads' included. */
function openFiles(): string[] {
	return readdirSync("/proc/self/fd").flatMap((name) => {
		try {
			return [readlinkSync(join("/proc/self/fd", name))];
		} catch {
			// The listing's own descriptor is closed by now.
			return [];
		}
	});
}
