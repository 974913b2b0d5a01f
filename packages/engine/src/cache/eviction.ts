import type { EntryStatus } from "./pcm-store.ts";

/**
 * Selects the entries to evict: the least recently used first, until the rest fits the limit.
 *
 * @param limitBytes - limit for all entries together
 * @returns names, in eviction order.
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
