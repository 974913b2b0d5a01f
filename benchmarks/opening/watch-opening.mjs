/**
 * What a page did while the instrument opened, in milliseconds since its navigation.
 *
 * @typedef {object} Opening
 * @property {number} script - the app's script begins to run
 * @property {number} kernel - the kernel is asked for
 * @property {number} thread - the first loader thread's script is asked for
 * @property {number} paint - the first contents are painted
 * @property {number} engine - the engine runs
 * @property {number} first - the first pad can be played
 * @property {number} all - all pads can be played
 * @property {number} task - duration of the longest task on the main thread until then
 * @property {number} processor - what all of the browser's processes computed until then
 */

/**
 * Follows the instrument's opening from outside. Runs in the page, before its own scripts; defines a global function `untilOpen`
 * that resolves when all pads can be played.
 *
 * @param {number} padCount
 */
export function watchOpening(padCount) {
	/** @type {Partial<Opening>} */
	const opening = {};
	/** @param {"script" | "thread" | "engine" | "first" | "all"} stage */
	const note = (stage) => {
		opening[stage] ??= performance.now();
	};
	const define = customElements.define.bind(customElements);
	customElements.define = (...element) => {
		note("script");
		define(...element);
	};
	globalThis.AudioContext = class extends AudioContext {
		/** @param {AudioContextOptions} [options] */
		constructor(options) {
			note("script");
			super(options);
		}
	};
	globalThis.Worker = class extends Worker {
		/** @param {string | URL} location @param {WorkerOptions} [options] */
		constructor(location, options) {
			note("script");
			if (String(location).includes("loader-thread")) note("thread");
			super(location, options);
		}
	};
	let task = 0;
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) if (opening.all === undefined) task = Math.max(task, duration);
	}).observe({ type: "longtask", buffered: true });

	/** The part of the instrument that is looked at. */
	const instrument = () => {
		/** @type {{ sound: { status: { state: string } }, pads: { states: { sample: object | null, load: object | null }[] } } | undefined} */
		const shown = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
		return shown;
	};
	const opened = new Promise((resolve) => {
		const look = () => {
			const shown = instrument();
			if (shown?.sound.status.state === "running") note("engine");
			const playable = shown?.pads.states.filter(({ sample }) => sample !== null).length ?? 0;
			if (playable > 0) note("first");
			if (playable >= padCount) note("all");
			if (opening.all === undefined || opening.engine === undefined) requestAnimationFrame(look);
			else resolve(null);
		};
		requestAnimationFrame(look);
	});
	/** @param {string} name */
	const askedFor = (name) =>
		performance.getEntriesByType("resource").find((entry) => entry.name.includes(name))?.startTime ?? Number.NaN;
	const untilOpen = async () => {
		await opened;
		const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
		const thread = Math.min(opening.thread ?? Number.NaN, askedFor("/loader-thread-"));
		return { ...opening, kernel: askedFor("/kernel-"), thread, paint, task };
	};
	Object.assign(globalThis, { untilOpen });
}
