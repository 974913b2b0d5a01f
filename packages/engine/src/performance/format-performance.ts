import { checkPerformance } from "./check-performance.ts";
import type { Performance } from "./performance.ts";

/**
 * Writes a performance as JSON, one line per command; `parsePerformance` reads it back to the bit.
 *
 * Thread: any.
 * @throws TypeError when it is no performance.
 */
export function formatPerformance(performance: Performance): string {
	checkPerformance(performance);
	const { format, version, preRollFrames, frames, engine, samples, start, commands } = performance;
	return [
		"{",
		`"format": ${JSON.stringify(format)},`,
		`"version": ${version},`,
		`"preRollFrames": ${preRollFrames},`,
		`"frames": ${frames},`,
		`"engine": ${JSON.stringify(engine)},`,
		`"samples": ${lines(samples)},`,
		`"start": {`,
		`"slots": ${lines(start.slots)},`,
		`"parameters": ${lines(start.parameters)},`,
		...(start.slices === undefined ? [] : [`"slices": ${lines(start.slices)},`]),
		`"transport": ${JSON.stringify(start.transport)}`,
		"},",
		`"commands": ${lines(commands)}`,
		"}",
		"",
	].join("\n");
}

function lines(items: readonly object[]): string {
	if (items.length === 0) return "[]";
	return `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]`;
}
