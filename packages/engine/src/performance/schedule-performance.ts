import type { Host } from "../host.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { PlatformAudioContext, PlatformAudioNode } from "../protocol/platform-types.ts";
import { checkPerformance } from "./check-performance.ts";
import type { Performance } from "./performance.ts";
import { type FindSource, PerformancePlayer } from "./performance-player.ts";

/** Where a performance is scheduled. */
export interface SchedulePerformanceOptions
	extends Pick<AudioEngineOptions, "loaderThreads" | "memoryBudget" | "cache" | "threading" | "assets"> {
	/** An OfflineAudioContext of the performance's sample rate that has not rendered yet. */
	readonly audioContext: PlatformAudioContext;
}

/** A performance that a context will render. */
export interface ScheduledPerformance {
	/** The node to connect before the context renders. */
	readonly output: PlatformAudioNode | null;
	/** Releases the samples and the node. */
	shutDown(): Promise<void>;
}

/**
 * Loads all of a performance and schedules its commands from a context's first frame on: first the pre-roll, then what is heard.
 *
 * Thread: control.
 * @throws LooperError as `loadSample` does, and `sample-differs`; RangeError when the context has another sample rate.
 */
export async function schedulePerformanceOn(
	host: Host,
	performance: Performance,
	findSource: FindSource,
	options: SchedulePerformanceOptions,
): Promise<ScheduledPerformance> {
	checkPerformance(performance);
	const player = new PerformancePlayer(host, performance, findSource, { ...options, output: "device" });
	const { engine } = player;
	try {
		await engine.run();
		checkRate(engine.stats().sampleRate, performance.engine.sampleRate);
		await player.schedule();
		return { output: engine.output, shutDown: () => engine.shutDown() };
	} catch (error) {
		await engine.shutDown();
		throw error;
	}
}

function checkRate(ofContext: number, performed: number): void {
	if (ofContext === performed) return;
	throw new RangeError(
		`The audioContext has ${ofContext} Hz, but the performance was played at ${performed} Hz. Make one of that rate.`,
	);
}
