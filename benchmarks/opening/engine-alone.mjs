/**
 * Loads files from addresses into an engine on an otherwise empty page. Runs in the page, whose engine module is loaded before the
 * clock starts; threads, kernel and output are not.
 *
 * @param {string[]} addresses
 * @returns {Promise<{ first: number, all: number }>} milliseconds until the first and the last can be played
 */
export async function loadWithEngineAlone(addresses) {
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const start = performance.now();
	let first = Number.NaN;
	const engine = new AudioEngine({ sampleSlots: addresses.length, voices: 64 });
	const running = engine.run();
	await Promise.all(
		addresses.map(async (address, slot) => {
			await engine.loadSample(slot, address);
			if (Number.isNaN(first)) first = performance.now() - start;
		}),
	);
	await running;
	return { first, all: performance.now() - start };
}
