// Measures what a page's frames allocate and what of it stays.

const SAMPLING_BYTES = 1024;

/** @typedef {{ selfSize: number, children: SampledNode[] }} SampledNode */

/** Lets frames pass. @param {import("@playwright/test").Page} page @param {number} count */
async function passFrames(page, count) {
	await page.evaluate(
		(frames) =>
			new Promise((resolve) => {
				let left = frames;
				const step = () => (--left > 0 ? requestAnimationFrame(step) : resolve(null));
				requestAnimationFrame(step);
			}),
		count,
	);
}

/** @param {SampledNode} node @returns {number} */
function sampledBytes({ selfSize, children }) {
	return children.reduce((sum, child) => sum + sampledBytes(child), selfSize);
}

/**
 * @param {import("@playwright/test").Page} page
 * @param {number} frames
 * @returns {Promise<{ allocated: number, retained: number }>} bytes per frame; what is retained may be negative, as code that is not
 *   used gets lost
 */
export async function bytesPerFrame(page, frames) {
	const session = await page.context().newCDPSession(page);
	await session.send("HeapProfiler.enable");
	const used = async () => {
		await session.send("HeapProfiler.collectGarbage");
		return (await session.send("Runtime.getHeapUsage")).usedSize;
	};
	const before = await used();
	await passFrames(page, frames);
	const retained = ((await used()) - before) / frames;
	await session.send("HeapProfiler.startSampling", {
		samplingInterval: SAMPLING_BYTES,
		includeObjectsCollectedByMajorGC: true,
		includeObjectsCollectedByMinorGC: true,
	});
	const sampledFrames = Math.ceil(frames / 4);
	await passFrames(page, sampledFrames);
	const { profile } = await session.send("HeapProfiler.stopSampling");
	await session.detach();
	return { allocated: sampledBytes(profile.head) / sampledFrames, retained };
}
