/** What the page finds around it; `globalThis` is one. */
export interface Platform {
	readonly isSecureContext?: boolean;
	readonly AudioWorkletNode?: unknown;
	readonly WebAssembly?: unknown;
}

const smallestMemoryBudget = 2 ** 28;
const largestMemoryBudget = 3 * 2 ** 30;
const usualDeviceMemory = 2;

/** Something the instrument needs and does not find, and what to do about it. */
export interface Obstacle {
	readonly what: string;
	readonly remedy: string;
}

/**
 * Bytes that samples may take: half of the machine's memory, at least 256 MiB and at most the engine's 3 GiB. Where the
 * browser does not tell how much there is, the machine counts as a small one.
 *
 * @param browser - `navigator` is one
 */
export function memoryBudgetOf(browser: object): number {
	const told = "deviceMemory" in browser ? browser.deviceMemory : undefined;
	const gibibytes = typeof told === "number" && told > 0 ? told : usualDeviceMemory;
	return Math.min(largestMemoryBudget, Math.max(smallestMemoryBudget, Math.round(gibibytes * 2 ** 29)));
}

/** Why the engine can't start here; none where it can. The first one is the one to remove first. */
export function obstaclesOn(platform: Platform): readonly Obstacle[] {
	const obstacles: Obstacle[] = [];
	if (platform.WebAssembly === undefined) {
		obstacles.push({
			what: "This browser does not run WebAssembly.",
			remedy: "Use a current Chrome, Edge or Firefox, and leave its lockdown or strict security mode for this page.",
		});
	}
	if (platform.isSecureContext !== true) {
		obstacles.push({
			what: "The page was not opened over a secure connection.",
			remedy: "Open it with https://, or as http://localhost on the machine that serves it.",
		});
	} else if (platform.AudioWorkletNode === undefined) {
		obstacles.push({
			what: "This browser has no audio thread for pages (AudioWorklet).",
			remedy: "Update the browser, or use a current Chrome, Edge or Firefox.",
		});
	}
	return obstacles;
}
