import { readFileSync } from "node:fs";

/** Tells for which share of the time something on this machine waited for a processor. */
export class MachineLoad {
	#waitedMs = waitedMilliseconds();
	#startMs = performance.now();

	/** @returns the share since the last call, 0..1; null where the system does not tell. */
	take(): number | null {
		const [waitedMs, nowMs] = [waitedMilliseconds(), performance.now()];
		const share =
			waitedMs === null || this.#waitedMs === null ? null : (waitedMs - this.#waitedMs) / (nowMs - this.#startMs);
		[this.#waitedMs, this.#startMs] = [waitedMs, nowMs];
		return share;
	}
}

/** Linux' own count since it was booted. */
function waitedMilliseconds(): number | null {
	try {
		const [, microseconds] = /^some .*total=(\d+)$/m.exec(readFileSync("/proc/pressure/cpu", "utf8")) ?? [];
		return microseconds === undefined ? null : Number(microseconds) / 1000;
	} catch {
		return null;
	}
}
