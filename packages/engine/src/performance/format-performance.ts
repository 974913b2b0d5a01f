import type { Performance } from "./performance.ts";

/**
 * Writes a performance as JSON, one line a command; `parsePerformance` reads it back to the bit.
 *
 * Thread: any.
 */
export function formatPerformance(performance: Performance): string {
	const { format, version, frames, engine, samples, start, commands } = performance;
	const { slots, voices, gain, tail } = start;
	return [
		"{",
		`"format": ${JSON.stringify(format)},`,
		`"version": ${version},`,
		`"frames": ${frames},`,
		`"engine": ${JSON.stringify(engine)},`,
		`"samples": ${lines(samples)},`,
		`"start": {`,
		`"slots": ${lines(slots)},`,
		`"voices": ${lines(voices)},`,
		`"gain": ${JSON.stringify(gain)},`,
		`"tail": ${JSON.stringify(tail)}`,
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
