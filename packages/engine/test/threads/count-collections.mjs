import { PerformanceObserver, performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/**
 * Counts garbage collections.
 *
 * @param {() => void} warmUp - run first, not counted
 * @param {() => void} run - the work to observe
 * @returns {Promise<number>}
 */
export async function countCollections(warmUp, run) {
	/** @type {number[]} */
	const times = [];
	const observer = new PerformanceObserver((list) => {
		for (const { startTime } of list.getEntries()) times.push(startTime);
	});
	observer.observe({ entryTypes: ["gc"] });
	warmUp();
	collectGarbage();
	await setTimeout(0);
	const start = performance.now();
	run();
	const end = performance.now();
	// A forced collection detects an observer that does not work.
	collectGarbage();
	while (!times.some((time) => time >= end)) await setTimeout(1);
	observer.disconnect();
	return times.filter((time) => time >= start && time < end).length;
}
