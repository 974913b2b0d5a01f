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

/** An engine with one loader thread and a sample in slot 0 that failing loads must not affect. */
export interface BoundsHarness {
	readonly engine: AudioEngine;
	/** For the test's files; the engine's temporary files are elsewhere. */
	readonly folder: string;
	/** Temporary files of the engine: names, and open files without one. */
	readonly temporaries: () => string[];
	/**
	 * Loads a source that must fail into slot 0 and checks that its error event is the only effect.
	 *
	 * @returns its last reported progress.
	 */
	readonly expectFailure: (
		source: SampleSource,
		failure: { code: LoaderErrorCode; msg: RegExp },
		onEvent?: (event: LoaderEvent) => void,
	) => Promise<{ readonly stage: string; readonly percent: number }>;
}

/** Creates the harness; it is disposed when the test ends. */
export async function boundsHarness(options: AudioEngineOptions = {}): Promise<BoundsHarness> {
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
		// An unlinked open spool has no name.
		const open = openFiles().filter((path) => path.startsWith(spools));
		return [...open, ...readdirSync(spools)];
	};
	return {
		engine,
		folder,
		temporaries,
		async expectFailure(source, failure, onEvent = () => {}) {
			const requestId = engine.loadSampleAsync(0, source);
			const events = await pollUntil(engine, (event) => {
				onEvent(event);
				return isTerminal(event);
			});
			expect(temporaries()).toEqual([]);
			expect(engine.stats().pcmBytes).toBe(pcmBytes);
			// The thread is still usable and reports nothing more about the failed load.
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

/** Targets of this process's descriptors, its threads' included. */
function openFiles(): string[] {
	return readdirSync("/proc/self/fd").flatMap((name) => {
		try {
			return [readlinkSync(join("/proc/self/fd", name))];
		} catch {
			// The listing's own descriptor is already closed.
			return [];
		}
	});
}
