/**
 * One trigger, in frames of the context.
 *
 * @typedef {object} Trigger
 * @property {number} clockFrames - from the kernel's clock at the call to the voice's first frame
 * @property {number} waitedFrames - from the call until the context requested that frame's buffer, at the device's pace
 * @property {number} playedFrames - from the call until that frame is in the loudspeaker, by the browser's estimate
 */

/** @typedef {{ triggers: Trigger[], bufferFrames: number, dropouts: number }} Measurement */

/**
 * Plays samples of one impulse at random times. Runs in a page.
 *
 * Each slot has its impulse at another frame, so that voices of one block can be told apart. Calls come from four
 * chains of timers with random delays.
 *
 * @param {{ count: number, sampleRate: number, seed: number }} task
 * @returns {Promise<Measurement>}
 */
export async function measureInPage({ count, sampleRate, seed }) {
	const BLOCK_FRAMES = 128;
	const CHAINS = 4;
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const context = new AudioContext({ sampleRate, latencyHint: "interactive" });
	const engine = new AudioEngine({ audioContext: context, sampleSlots: BLOCK_FRAMES, voices: BLOCK_FRAMES });
	await engine.run();
	await context.audioWorklet.addModule("/impulse-recorder.js");
	const recorder = new AudioWorkletNode(context, "impulse-recorder");
	engine.output?.connect(recorder);
	recorder.connect(context.destination);
	/** @type {number[]} */
	const heard = [];
	recorder.port.addEventListener("message", ({ data }) => heard.push(...data));
	recorder.port.start();

	/** A WAV file of silence and one impulse. @param {number} silentFrames */
	const impulseAfter = (silentFrames) => {
		const pcmBytes = 4 * (silentFrames + 1);
		const view = new DataView(new ArrayBuffer(44 + pcmBytes));
		const text = (/** @type {number} */ at, /** @type {string} */ letters) =>
			new Uint8Array(view.buffer, at).set(new TextEncoder().encode(letters));
		text(0, "RIFF");
		view.setUint32(4, 36 + pcmBytes, true);
		text(8, "WAVEfmt ");
		view.setUint32(16, 16, true);
		view.setUint16(20, 3, true);
		view.setUint16(22, 1, true);
		view.setUint32(24, sampleRate, true);
		view.setUint32(28, 4 * sampleRate, true);
		view.setUint16(32, 4, true);
		view.setUint16(34, 32, true);
		text(36, "data");
		view.setUint32(40, pcmBytes, true);
		view.setFloat32(44 + 4 * silentFrames, 1, true);
		return view.buffer;
	};
	for (let slot = 0; slot < BLOCK_FRAMES; slot++) await engine.loadSample(slot, impulseAfter(slot));

	/** Marsaglia's xorshift, 0..1. */
	let state = seed;
	const random = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

	// A voice at a known frame of the kernel's clock calibrates the recorder's and the context's clocks.
	const calibrationFrame = engine.stats().frame + sampleRate;
	engine.playSample(0, 1, { atFrame: calibrationFrame });
	while (heard.length === 0) await pause(20);
	const recorderAhead = (heard.shift() ?? Number.NaN) - calibrationFrame;
	const contextAhead = Math.round(context.currentTime * sampleRate) - engine.stats().frame;

	/** @type {{ slot: number, kernelFrame: number, milliseconds: number, playingFrame: number }[]} */
	const calls = [];
	const chain = async () => {
		while (calls.length < count) {
			await pause(2 + 20 * random());
			if (calls.length === count) return;
			const slot = calls.length % BLOCK_FRAMES;
			const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
			const kernelFrame = engine.stats().frame;
			const milliseconds = performance.now();
			engine.playSample(slot, 1);
			const playingFrame = (contextTime + (milliseconds - performanceTime) / 1000) * sampleRate - contextAhead;
			calls.push({ slot, kernelFrame, milliseconds, playingFrame });
		}
	};
	await Promise.all(Array.from({ length: CHAINS }, chain));
	for (let turn = 0; heard.length < count && turn < 100; turn++) await pause(20);
	if (heard.length !== count) throw new Error(`${count} triggers were sent, but ${heard.length} were heard.`);

	/** Start frames of each slot's voices, on the kernel's clock, in order. @type {number[][]} */
	const starts = Array.from({ length: BLOCK_FRAMES }, () => []);
	for (const frame of heard) {
		const slot = frame % BLOCK_FRAMES;
		starts[slot]?.push(frame - slot - recorderAhead);
	}
	const bufferFrames = Math.round(context.baseLatency * sampleRate);
	const lags = calls.map(({ kernelFrame, milliseconds }) => (milliseconds / 1000) * sampleRate - kernelFrame);
	/**
	 * The output's schedule at a call: the smallest lag of the calls before it or, if the device has lost time, of those
	 * after it.
	 *
	 * @param {number} index
	 */
	const scheduleAt = (index) => {
		const lag = lags[index] ?? Number.NaN;
		const before = Math.min(lag, ...lags.slice(Math.max(0, index - 60), index));
		const after = Math.min(lag, ...lags.slice(index + 1, index + 60));
		return Math.max(before, after);
	};
	const triggers = calls.map(({ slot, kernelFrame, milliseconds, playingFrame }, index) => {
		const start = starts[slot]?.shift() ?? Number.NaN;
		const renderedFrames = (milliseconds / 1000) * sampleRate - scheduleAt(index);
		return {
			clockFrames: start - kernelFrame,
			waitedFrames: start + bufferFrames - renderedFrames,
			playedFrames: start - playingFrame,
		};
	});
	const { count: dropouts } = engine.stats().dropouts;
	await engine.shutDown();
	return { triggers, bufferFrames, dropouts };
}
