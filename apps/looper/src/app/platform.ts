/** What the page needs of its platform; `globalThis` is one. */
export interface Platform {
	readonly isSecureContext?: boolean;
	readonly AudioWorkletNode?: unknown;
	readonly WebAssembly?: unknown;
}

const smallestMemoryBudget = 2 ** 28;
const largestMemoryBudget = 3 * 2 ** 30;
const usualDeviceMemory = 2;

/** Something the instrument needs but the platform lacks, and what to do about it. */
export interface Obstacle {
	readonly what: string;
	readonly remedy: string;
}

/**
 * Memory budget for samples in bytes: half of the machine's memory, at least 256 MiB and at most the engine's 3 GiB. A
 * machine whose memory is unknown counts as small.
 *
 * @param browser - `navigator` is one
 */
export function memoryBudgetOf(browser: object): number {
	const reported = "deviceMemory" in browser ? browser.deviceMemory : undefined;
	const gibibytes = typeof reported === "number" && reported > 0 ? reported : usualDeviceMemory;
	return Math.min(largestMemoryBudget, Math.max(smallestMemoryBudget, Math.round(gibibytes * 2 ** 29)));
}

/** Why the engine cannot start here, most important first; empty when it can. */
export function obstaclesOn(platform: Platform): readonly Obstacle[] {
	const obstacles: Obstacle[] = [];
	if (platform.WebAssembly === undefined) {
		obstacles.push({
			what: "This browser does not run WebAssembly.",
			remedy: "Use a current Chrome, Edge or Firefox, and turn off lockdown or strict security mode for this page.",
		});
	}
	if (platform.isSecureContext !== true) {
		obstacles.push({
			what: "The page was not opened over a secure connection.",
			remedy: "Open it with https://, or as http://localhost on the machine that serves it.",
		});
	} else if (platform.AudioWorkletNode === undefined) {
		obstacles.push({
			what: "This browser has no AudioWorklet, so pages get no audio thread.",
			remedy: "Update the browser, or use a current Chrome, Edge or Firefox.",
		});
	}
	return obstacles;
}
