import type { Page } from "@playwright/test";

/** A part of the open set that has another value from a moment on: a pad's sound or settings, the set's settings, its name. */
export interface LoggedChange {
	readonly timeMs: number;
	readonly part: string;
	readonly value: string;
}

/** How long the slowest write of a file and the page's slowest turn took together, in milliseconds; logged as a part. */
export const slownessPart = "slowness";

/** What was logged in the local storage, in order. */
export function loggedChanges(page: Page): Promise<readonly LoggedChange[]> {
	return page.evaluate(() => {
		const keys = Object.keys(localStorage).filter((key) => key.startsWith("test.log."));
		return keys.toSorted().map((key): LoggedChange => JSON.parse(localStorage.getItem(key)!));
	});
}

/**
 * Parts that have a value which they did not have within half a second before the last change, a line each. Where the machine is slow,
 * it is the quarter that edits wait, and what a file and then a set that was just being written take.
 */
export function lostParts(
	parts: Readonly<Record<string, string>>,
	changes: readonly LoggedChange[],
): readonly string[] {
	const end = changes.at(-1)?.timeMs ?? 0;
	const slowness = Number(changes.findLast(({ part }) => part === slownessPart)?.value);
	const mostMs = Math.max(500, 250 + 4 * slowness);
	return Object.entries(parts).flatMap(([part, value]) => {
		const own = changes.filter((change) => change.part === part);
		const isRecent = own.some((change, index) => {
			const until = own[index + 1]?.timeMs ?? Number.POSITIVE_INFINITY;
			return change.value === value && until >= end - mostMs;
		});
		if (isRecent) return [];
		const shown = own.map((change) => `${Math.round(end - change.timeMs)} ms before: ${change.value}`);
		return [`${part} is ${value}; ${shown.slice(-6).join("; ")}`];
	});
}
