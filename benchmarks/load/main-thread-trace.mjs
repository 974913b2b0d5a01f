// Measures the tasks on a page's main thread from Chromium's trace.

const TRACED = ["toplevel", "__metadata"];
const MAIN_THREAD = "CrRendererMain";

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {number} pid
 * @property {number} tid
 * @property {number} [tdur] - processor time in microseconds
 * @property {{ name?: string }} [args]
 */

/**
 * The longest task on the main threads of pages while work runs. Processor time, so that waiting for a core on a busy
 * machine does not count.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {import("@playwright/test").Page} page
 * @param {() => Promise<unknown>} work
 * @returns {Promise<number>} milliseconds
 */
export async function longestMainTaskMs(browser, page, work) {
	await browser.startTracing(page, { categories: TRACED });
	await work();
	/** @type {{ traceEvents: TraceEvent[] }} */
	const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
	const key = (/** @type {TraceEvent} */ { pid, tid }) => `${pid}/${tid}`;
	const named = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === MAIN_THREAD);
	const mainThreads = new Set(named.map(key));
	const tasks = traceEvents.filter((event) => event.name.endsWith("RunTask") && mainThreads.has(key(event)));
	if (tasks.length === 0) throw new Error("Chromium's trace shows no task on the main thread.");
	return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
}
