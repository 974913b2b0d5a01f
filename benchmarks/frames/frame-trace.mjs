// Splits what a page's main thread does into frames, from Chromium's trace.

/** What is traced: tasks, and what Blink does in them. */
const CATEGORIES = ["devtools.timeline", "toplevel", "__metadata"];
const KINDS = {
	script: ["FireAnimationFrame", "TimerFire", "EventDispatch"],
	style: ["UpdateLayoutTree", "Layout"],
	paint: ["PrePaint", "Paint", "Layerize", "Commit"],
};

/**
 * Milliseconds of processor time per frame. The whole is more than the sum: it has each task's own overhead and the collection of
 * garbage, too.
 *
 * @typedef {object} FrameWork
 * @property {number} frames - within the trace
 * @property {number} median - of the frames' whole work
 * @property {number} high - the 95th percentile
 * @property {number} script
 * @property {number} style - style and layout
 * @property {number} paint - from the walk before painting to the hand-over to the compositor
 */

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts - microseconds
 * @property {number} [tdur] - processor time in microseconds
 */

/**
 * Traces a page for some seconds. Processor time, so that waiting for a core on a busy machine does not count.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {import("@playwright/test").Page} page
 * @param {number} seconds
 * @returns {Promise<FrameWork>}
 */
export async function traceFrames(browser, page, seconds) {
	await browser.startTracing(page, { categories: CATEGORIES });
	await page.waitForTimeout(1000 * seconds);
	/** @type {{ traceEvents: TraceEvent[] }} */
	const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
	const key = (/** @type {TraceEvent} */ { pid, tid }) => `${pid}/${tid}`;
	// Other renderers of the browser are idle.
	const drawing = traceEvents.find(({ name }) => name === "FireAnimationFrame");
	if (drawing === undefined) throw new Error("The page drew no frame. Trace it for longer, or beside less other work.");
	const events = traceEvents
		.filter((event) => event.ph === "X" && key(event) === key(drawing))
		.toSorted((one, other) => one.ts - other.ts);
	const works = wholeWorks(events);
	const sorted = works.toSorted((one, other) => one - other);
	const perFrame = (/** @type {readonly string[]} */ names) =>
		events.reduce((sum, { name, tdur = 0 }) => sum + (names.includes(name) ? tdur : 0), 0) / 1000 / works.length;
	return {
		frames: works.length,
		median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
		high: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
		script: perFrame(KINDS.script),
		style: perFrame(KINDS.style),
		paint: perFrame(KINDS.paint),
	};
}

/** The milliseconds of the tasks between one frame's callback and the next one's; a task begins before what happens in it. @param {readonly TraceEvent[]} events */
function wholeWorks(events) {
	/** @type {number[]} */
	const works = [];
	/** @type {number | null} */
	let work = null;
	for (const { name, tdur = 0 } of events) {
		if (name === "FireAnimationFrame") {
			if (work !== null) works.push(work);
			work = 0;
		} else if (name.endsWith("RunTask") && work !== null) work += tdur / 1000;
	}
	return works;
}
