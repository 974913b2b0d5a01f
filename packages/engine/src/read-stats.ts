import type { DropoutReport, EngineStats } from "./protocol/engine-types.ts";
import type { CacheCounts } from "./protocol/loader-messages.ts";
import type { RunningEngine } from "./running-engine.ts";

/** The figures that do not depend on whether the engine runs. */
type LastingStats = Pick<EngineStats, "state" | "lostEvents" | "threading"> & { readonly cache: CacheCounts };

const NO_DROPOUTS: DropoutReport = { count: 0, lostFrames: 0, latest: [] };

/** @param running - null before the first load or `run`, and after `shutDown`; @returns a snapshot. */
export function readStats(running: RunningEngine | null, lasting: LastingStats): EngineStats {
	running?.samples.freeRetired();
	running?.dropouts.poll();
	const status = running?.status.read();
	const { cache, ...others } = lasting;
	return {
		...others,
		cacheHits: cache.hits,
		cacheFailures: cache.failures,
		sampleRate: running?.device.sampleRate ?? 0,
		blockFrames: status?.blockFrames ?? 0,
		frame: status?.frame ?? 0,
		outputLatencySec: running?.device.outputLatencySec ?? 0,
		activeVoices: status?.activeVoices ?? 0,
		droppedVoices: status?.droppedVoices ?? 0,
		cutReleases: status?.cutReleases ?? 0,
		chokedLaunches: status?.chokedLaunches ?? 0,
		lateCommands: status?.lateCommands ?? 0,
		dropouts: running?.dropouts.report ?? NO_DROPOUTS,
		underruns: running === null ? 0 : running.device.underruns,
		peak: status?.peak ?? 0,
		pcmBytes: running?.samples.usedBytes ?? 0,
		memoryBytes: running?.memory.byteLength ?? 0,
	};
}
