import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "@playwright/test";

/** Memory of a page and its browser, in bytes. */
export interface BrowserMemory {
	/** JavaScript objects of the page's main thread after garbage collection. */
	readonly heap: number;
	/** Memory of all browser processes, shared memory counted once, program files excluded. */
	readonly resident: number;
}

/** Measures one page. */
export class MemoryWatch {
	readonly #page: CDPSession;
	readonly #browser: CDPSession;

	private constructor(page: CDPSession, browser: CDPSession) {
		this.#page = page;
		this.#browser = browser;
	}

	static async start(browser: Browser, page: Page): Promise<MemoryWatch> {
		return new MemoryWatch(await page.context().newCDPSession(page), await browser.newBrowserCDPSession());
	}

	async measure(): Promise<BrowserMemory> {
		await this.#page.send("HeapProfiler.collectGarbage");
		const { usedSize } = await this.#page.send("Runtime.getHeapUsage");
		const { processInfo } = await this.#browser.send("SystemInfo.getProcessInfo");
		const resident = processInfo.reduce((sum, { id }) => sum + residentBytes(id), 0);
		return { heap: usedSize, resident };
	}
}

/** A process's private memory and its proportional share of shared memory, from Linux; 0 if it has just ended. */
function residentBytes(process: number): number {
	try {
		const account = readFileSync(`/proc/${process}/smaps_rollup`, "utf8");
		return 1024 * (kibibytes(account, "Pss_Anon") + kibibytes(account, "Pss_Shmem"));
	} catch (error) {
		if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return 0;
		throw error;
	}
}

function kibibytes(account: string, field: string): number {
	const [, count] = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(account) ?? [];
	if (count === undefined) throw new Error(`There is no ${field} in /proc to measure the browser's memory.`);
	return Number(count);
}
