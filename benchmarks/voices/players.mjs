// Looping stereo voices in offline contexts, played by the engine and by its peers. Runs in a page.

/** @typedef {"ours" | "worklet" | "bare" | "gain" | "panner" | "tone"} Side */
/** @typedef {(context: OfflineAudioContext, voices: Voice[]) => Promise<void>} Start */

/**
 * What one voice plays.
 *
 * @typedef {object} Voice
 * @property {number} sample - of the samples that `addSample` was given
 * @property {number} offset - in frames
 * @property {number} rate
 */

const SAMPLE_RATE = 48_000;
const BLOCK_FRAMES = 128;
/** Voices and slots of one engine. */
const MOST_VOICES = 256;

/** @type {{ wave: ArrayBuffer, buffer: AudioBuffer }[]} */
const samples = [];

/** Adds samples of noise, quiet enough for the sum of 500. @param {number} count @param {number} frames */
export function addNoise(count, frames) {
	let state = 1;
	const next = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		return state / 2 ** 38;
	};
	for (let sample = 0; sample < count; sample++)
		addSample(new Float32Array(frames).map(next), new Float32Array(frames).map(next));
}

/** Adds a sample of a sine on both channels. @param {number} hertz @param {number} frames */
export function addSine(hertz, frames) {
	const turn = (2 * Math.PI * hertz) / SAMPLE_RATE;
	const sine = Float32Array.from({ length: frames }, (_, frame) => 0.5 * Math.sin(turn * frame));
	addSample(sine, sine);
}

/** @param {Float32Array<ArrayBuffer>} left @param {Float32Array<ArrayBuffer>} right */
function addSample(left, right) {
	const buffer = new AudioBuffer({ length: left.length, numberOfChannels: 2, sampleRate: SAMPLE_RATE });
	buffer.copyToChannel(left, 0);
	buffer.copyToChannel(right, 1);
	samples.push({ wave: floatWave(left, right), buffer });
}

/** A stereo WAV file. @param {Float32Array} left @param {Float32Array} right */
function floatWave(left, right) {
	const view = new DataView(new ArrayBuffer(44 + 8 * left.length));
	const text = (/** @type {number} */ at, /** @type {string} */ letters) =>
		new Uint8Array(view.buffer, at).set(new TextEncoder().encode(letters));
	text(0, "RIFF");
	view.setUint32(4, view.byteLength - 8, true);
	text(8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, 3, true);
	view.setUint16(22, 2, true);
	view.setUint32(24, SAMPLE_RATE, true);
	view.setUint32(28, 8 * SAMPLE_RATE, true);
	view.setUint16(32, 8, true);
	view.setUint16(34, 32, true);
	text(36, "data");
	view.setUint32(40, 8 * left.length, true);
	for (let frame = 0; frame < left.length; frame++) {
		view.setFloat32(44 + 8 * frame, left[frame] ?? 0, true);
		view.setFloat32(48 + 8 * frame, right[frame] ?? 0, true);
	}
	return view.buffer;
}

/** @param {number} index */
function sampleAt(index) {
	const sample = samples[index];
	if (sample === undefined) throw new Error(`There is no sample ${index}.`);
	return sample;
}

/** As many engines as the voices need, each voice on a pad of its own. @type {Start} */
async function startOurs(context, voices) {
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const engines = Math.ceil(voices.length / MOST_VOICES);
	for (let index = 0; index < engines; index++) {
		const own = voices.filter((_, voice) => voice % engines === index);
		const engine = new AudioEngine({ audioContext: context, sampleSlots: own.length, voices: own.length });
		await engine.run();
		await Promise.all(own.map(({ sample }, slot) => engine.loadSample(slot, sampleAt(sample).wave)));
		for (const [slot, { rate, offset }] of own.entries()) engine.playSample(slot, 1, { loop: true, rate, offset });
		await engine.resume();
		engine.output?.connect(context.destination);
	}
}

/** A worklet that does nothing: what the platform takes to call one. @type {Start} */
async function startWorklet(context) {
	const script = "registerProcessor('idle', class extends AudioWorkletProcessor { process() { return true; } });";
	await context.audioWorklet.addModule(`data:text/javascript,${encodeURIComponent(script)}`);
	new AudioWorkletNode(context, "idle", { numberOfInputs: 0, outputChannelCount: [2] }).connect(context.destination);
}

/**
 * One AudioBufferSourceNode per voice.
 *
 * @param {(context: OfflineAudioContext) => AudioNode[]} nodesBehind - the nodes behind each source
 * @returns {Start}
 */
function startNodes(nodesBehind) {
	return async (context, voices) => {
		for (const { sample, offset, rate } of voices) {
			const { buffer } = sampleAt(sample);
			const source = new AudioBufferSourceNode(context, { buffer, loop: true, playbackRate: rate });
			/** @type {AudioNode} */
			let last = source;
			for (const node of nodesBehind(context)) last = last.connect(node);
			last.connect(context.destination);
			source.start(0, offset / SAMPLE_RATE);
		}
	};
}

/** One Player per voice. @type {Start} */
async function startTone(context, voices) {
	/** @type {typeof import("tone")} */
	const { OfflineContext, Player, setContext } = Reflect.get(globalThis, "Tone");
	setContext(new OfflineContext(context));
	for (const { sample, offset, rate } of voices) {
		const { buffer } = sampleAt(sample);
		new Player({ url: buffer, loop: true, playbackRate: rate }).toDestination().start(0, offset / SAMPLE_RATE);
	}
}

/** @type {Readonly<Record<Side, Start>>} */
const STARTS = {
	ours: startOurs,
	worklet: startWorklet,
	bare: startNodes(() => []),
	gain: startNodes((context) => [new GainNode(context)]),
	panner: startNodes((context) => [new GainNode(context), new StereoPannerNode(context)]),
	tone: startTone,
};

/**
 * Renders voices from their start.
 *
 * @param {Side} side @param {Voice[]} voices @param {number} frames
 * @returns {Promise<Float32Array>} the left channel
 */
export async function renderVoices(side, voices, frames) {
	const context = new OfflineAudioContext(2, frames, SAMPLE_RATE);
	await STARTS[side](context, voices);
	return (await context.startRendering()).getChannelData(0);
}

/** A context that renders in parts, so that others can be timed in between. */
class TimedContext {
	#context;
	#partFrames;
	#parts = 0;
	/** @type {Promise<unknown>} */
	#rendered = Promise.resolve();

	/** @param {OfflineAudioContext} context @param {number} partFrames - a multiple of the block */
	constructor(context, partFrames) {
		this.#context = context;
		this.#partFrames = partFrames;
	}

	/** Renders the next part. @returns {Promise<number>} milliseconds */
	async renderPart() {
		this.#parts += 1;
		const end = this.#context.suspend((this.#parts * this.#partFrames) / SAMPLE_RATE);
		const start = performance.now();
		if (this.#parts === 1) this.#rendered = this.#context.startRendering();
		else await this.#context.resume();
		await end;
		return performance.now() - start;
	}

	/** Renders the rest, so that its thread ends. */
	async finish() {
		await this.#context.resume();
		await this.#rendered;
	}
}

/**
 * Renders voices on all sides, in short parts that alternate between them.
 *
 * @param {{ sides: Side[], voices: Voice[], partSeconds: number, rounds: number, warmRounds: number }} task
 * @returns {Promise<number[][]>} of each side, milliseconds of each round
 */
export async function timeVoices({ sides, voices, partSeconds, rounds, warmRounds }) {
	const partFrames = Math.ceil((partSeconds * SAMPLE_RATE) / BLOCK_FRAMES) * BLOCK_FRAMES;
	const frames = partFrames * (warmRounds + rounds) + BLOCK_FRAMES;
	/** @type {TimedContext[]} */
	const contexts = [];
	for (const side of sides) {
		const context = new OfflineAudioContext(2, frames, SAMPLE_RATE);
		await STARTS[side](context, voices);
		contexts.push(new TimedContext(context, partFrames));
	}
	/** @type {number[][]} */
	const times = sides.map(() => []);
	for (let round = 0; round < warmRounds + rounds; round++) {
		for (let turn = 0; turn < sides.length; turn++) {
			const side = (turn + round) % sides.length;
			const milliseconds = (await contexts[side]?.renderPart()) ?? Number.NaN;
			if (round >= warmRounds) times[side]?.push(milliseconds);
		}
	}
	for (const context of contexts) await context.finish();
	return times;
}
