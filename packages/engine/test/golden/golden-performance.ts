/**
 * The golden performance: one file with one SHA-256 (`digest.txt`), wherever the engine renders it.
 *
 * Runs in pages, workers and Node: the caller passes the built engine's entry, the text of `performance.json` and a loader for
 * the other files of this folder.
 */

import type { Performance, PerformanceSample } from "../../src/performance/performance.ts";
import type { FindSource } from "../../src/performance/performance-player.ts";
import type { RenderPerformanceOptions } from "../../src/performance/render-performance.ts";
import type { ScheduledPerformance, SchedulePerformanceOptions } from "../../src/performance/schedule-performance.ts";
import type { PlatformAudioContext } from "../../src/protocol/platform-types.ts";

/** The part of the package entry that is used here. */
export interface PackageEntry {
	parsePerformance(text: string): Performance;
	renderPerformance(
		performance: Performance,
		findSource: FindSource,
		options?: RenderPerformanceOptions,
	): AsyncIterable<[Float32Array, Float32Array]>;
	schedulePerformance(
		performance: Performance,
		findSource: FindSource,
		options: SchedulePerformanceOptions,
	): Promise<ScheduledPerformance>;
}

/** The files of the golden folder: the performance's text, and the bytes of a sample by name. */
export interface GoldenFiles {
	readonly text: string;
	readonly fileOf: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/** The part of an OfflineAudioContext that is used here. */
type OfflineContext = PlatformAudioContext & {
	readonly destination: unknown;
	startRendering(): Promise<{ getChannelData(channel: number): Float32Array }>;
};

/** Renders the golden performance offline. @returns the SHA-256 of alternating left and right samples, in hexadecimal. */
export async function goldenDigest(
	entry: PackageEntry,
	{ text, fileOf }: GoldenFiles,
	options: RenderPerformanceOptions = {},
): Promise<string> {
	const performance = entry.parsePerformance(text);
	const samples = new Float32Array(2 * performance.frames);
	let frame = 0;
	for await (const [left, right] of entry.renderPerformance(performance, sourceOf(fileOf), options)) {
		interleaveInto(samples, frame, left, right);
		frame += left.length;
	}
	return sha256(samples);
}

/** Renders the golden performance through the worklet. @param createContext - makes an OfflineAudioContext; @returns as `goldenDigest`. */
export async function goldenDigestInContext(
	entry: PackageEntry,
	{ text, fileOf }: GoldenFiles,
	createContext: (options: { numberOfChannels: number; length: number; sampleRate: number }) => OfflineContext,
	options: Omit<SchedulePerformanceOptions, "audioContext"> = {},
): Promise<string> {
	const performance = entry.parsePerformance(text);
	const { preRollFrames, frames, engine } = performance;
	const length = preRollFrames + frames;
	const context = createContext({ numberOfChannels: 2, length, sampleRate: engine.sampleRate });
	const scheduled = await entry.schedulePerformance(performance, sourceOf(fileOf), {
		...options,
		audioContext: context,
	});
	// The node type depends on the context's platform.
	(scheduled.output as { connect(destination: unknown): void }).connect(context.destination);
	const rendered = await context.startRendering();
	const samples = new Float32Array(2 * frames);
	const [left, right] = [0, 1].map((channel) => rendered.getChannelData(channel).subarray(preRollFrames));
	if (left !== undefined && right !== undefined) interleaveInto(samples, 0, left, right);
	await scheduled.shutDown();
	return sha256(samples);
}

function sourceOf(fileOf: GoldenFiles["fileOf"]): FindSource {
	return ({ name }: PerformanceSample) => fileOf(name);
}

function interleaveInto(samples: Float32Array, firstFrame: number, left: Float32Array, right: Float32Array): void {
	for (const [frame, sample] of left.entries()) {
		samples[2 * (firstFrame + frame)] = sample;
		samples[2 * (firstFrame + frame) + 1] = right[frame] ?? 0;
	}
}

async function sha256(samples: Float32Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", samples));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
