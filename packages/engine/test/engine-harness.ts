import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { AudioEngine, type AudioEngineOptions, type LoaderEvent } from "flitzis-looper";
import { onTestFinished } from "vitest";

export const SAMPLE_RATE = 48_000;

/** A running engine without a device, shut down when the test ends. */
export async function offlineEngine(options: AudioEngineOptions = {}): Promise<AudioEngine> {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE, ...options });
	onTestFinished(() => engine.shutDown());
	await engine.run();
	return engine;
}

/** Writes a file into a temporary folder, deleted when the test ends. @returns its path. */
export function temporaryFile(name: string, bytes: Uint8Array): string {
	const folder = temporaryFolder();
	const path = join(folder, name);
	writeFileSync(path, bytes);
	return path;
}

export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "flitzis-looper-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

export function isTerminal(event: LoaderEvent): boolean {
	return event.type === "success" || event.type === "error";
}

/** Polls once per turn of the event loop until an event matches. @returns every event up to that one. */
export async function pollUntil(engine: AudioEngine, fits: (event: LoaderEvent) => boolean): Promise<LoaderEvent[]> {
	const events: LoaderEvent[] = [];
	for (;;) {
		const event = engine.pollLoaderEvents();
		if (event === null) {
			await setImmediate();
			continue;
		}
		events.push(event);
		if (fits(event)) return events;
	}
}

/** Polls until a number of requests have ended. @returns every event. */
export async function pollToEnd(engine: AudioEngine, requests = 1): Promise<LoaderEvent[]> {
	let ended = 0;
	return pollUntil(engine, (event) => {
		if (isTerminal(event)) ended += 1;
		return ended === requests;
	});
}

/** Polls all pending events. */
export function pollAll(engine: AudioEngine): LoaderEvent[] {
	const events: LoaderEvent[] = [];
	for (let event = engine.pollLoaderEvents(); event !== null; event = engine.pollLoaderEvents()) events.push(event);
	return events;
}

/** Runs turns of the event loop until a condition holds. */
export async function turnsUntil(holds: () => boolean): Promise<void> {
	while (!holds()) await setImmediate();
}

/** Left and right of interleaved stereo. */
export function planar(samples: Float32Array): [Float32Array, Float32Array] {
	const frames = samples.length / 2;
	const left = Float32Array.from({ length: frames }, (_, frame) => samples[2 * frame] ?? Number.NaN);
	const right = Float32Array.from({ length: frames }, (_, frame) => samples[2 * frame + 1] ?? Number.NaN);
	return [left, right];
}
