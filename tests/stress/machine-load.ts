import { readFileSync } from "node:fs";

/** Measures the share of time in which a process of this machine waited for a processor. */
export class MachineLoad {
	#waitedMs = waitedMilliseconds();
	#startMs = performance.now();

	/** @returns the share since the last call, 0..1; null if the system does not report it. */
	take(): number | null {
		const [waitedMs, nowMs] = [waitedMilliseconds(), performance.now()];
		const share =
			waitedMs === null || this.#waitedMs === null ? null : (waitedMs - this.#waitedMs) / (nowMs - this.#startMs);
		[this.#waitedMs, this.#startMs] = [waitedMs, nowMs];
		return share;
	}
}

/** Linux's count since boot. */
function waitedMilliseconds(): number | null {
	try {
		const [, microseconds] = /^some .*total=(\d+)$/m.exec(readFileSync("/proc/pressure/cpu", "utf8")) ?? [];
		return microseconds === undefined ? null : Number(microseconds) / 1000;
	} catch {
		return null;
	}
}
