import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "@playwright/test";

/** What a page and its browser hold, in bytes. */
export interface BrowserMemory {
	/** JavaScript objects of the page's main thread, garbage collected before. */
	readonly heap: number;
	/** What all of the browser's processes hold themselves, memory that they share counted once, program files not at all. */
	readonly resident: number;
}

/** Weighs one page. */
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

	async weigh(): Promise<BrowserMemory> {
		await this.#page.send("HeapProfiler.collectGarbage");
		const { usedSize } = await this.#page.send("Runtime.getHeapUsage");
		const { processInfo } = await this.#browser.send("SystemInfo.getProcessInfo");
		const resident = processInfo.reduce((sum, { id }) => sum + residentBytes(id), 0);
		return { heap: usedSize, resident };
	}
}

/** A process's own memory and its part of what it shares with others, by Linux' account; 0 when it has just ended. */
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
	if (count === undefined) throw new Error(`/proc tells no ${field}, so the browser's memory cannot be weighed`);
	return Number(count);
}
