import type { HostedEngine } from "./audio-engine.ts";
import { type AudioEngineClass, bindHost } from "./bind-host.ts";
import { nodeHost } from "./host.node.ts";
import type { Performance } from "./performance/performance.ts";
import type { FindSource } from "./performance/performance-player.ts";
import { type RenderPerformanceOptions, renderPerformanceOn } from "./performance/render-performance.ts";
import {
	type ScheduledPerformance,
	type SchedulePerformanceOptions,
	schedulePerformanceOn,
} from "./performance/schedule-performance.ts";
import type { AsyncDisposal, OwnedFloats } from "./protocol/platform-types.ts";

export { contentHashes } from "./performance/content-hashes.node.ts";
export * from "./public-types.ts";

/**
 * Renders a performance piece by piece: the very samples that were played live. See `RenderPerformanceOptions`.
 *
 * @param findSource - gives each sample's file when the performance comes to it
 * @returns left and right of each piece, fresh arrays.
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError or TypeError for wrong options.
 */
export function renderPerformance(
	performance: Performance,
	findSource: FindSource,
	options: RenderPerformanceOptions = {},
): AsyncGenerator<[OwnedFloats, OwnedFloats], void, undefined> {
	return renderPerformanceOn(nodeHost(options.assets), performance, findSource, options);
}

/** Loads samples in the background and plays them at once, in Node. Thread: control. */
export type AudioEngine = HostedEngine & AsyncDisposal;
/** The class of engines in Node. */
export const AudioEngine: AudioEngineClass<AudioEngine> = /* @__PURE__ */ bindHost(nodeHost);

/**
 * Loads all of a performance and schedules its commands from the first frame of an OfflineAudioContext on.
 *
 * @param findSource - gives each sample's file
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError when the context has another sample rate.
 */
export function schedulePerformance(
	performance: Performance,
	findSource: FindSource,
	options: SchedulePerformanceOptions,
): Promise<ScheduledPerformance> {
	return schedulePerformanceOn(nodeHost(options.assets), performance, findSource, options);
}
