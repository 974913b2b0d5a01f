import type { EntryStatus } from "./pcm-store.ts";

/**
 * Chooses what has to go: the least recently used first, until the rest takes no more than it may.
 *
 * @param limitBytes - what all entries together may take
 * @returns names, in the order in which they go.
 */
export function leastRecentlyUsed(entries: readonly EntryStatus[], limitBytes: number): string[] {
	let excess = entries.reduce((sum, { bytes }) => sum + bytes, 0) - limitBytes;
	const names: string[] = [];
	for (const { name, bytes } of entries.toSorted((one, other) => one.usedAt - other.usedAt)) {
		if (excess <= 0) break;
		excess -= bytes;
		names.push(name);
	}
	return names;
}
