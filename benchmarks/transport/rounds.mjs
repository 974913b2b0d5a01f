// Rounds on the lines of a transport, by the engine and by Tone.js. Runs in a page.

/**
 * @typedef {object} Task
 * @property {number} beats - length of a round
 * @property {{ tempo: number, frame: number }[]} tempi - each from a frame on, the first from frame 0
 * @property {number} rounds
 * @property {number} frames - that the rounds need at most
 */

const SAMPLE_RATE = 48_000;

/** @typedef {(task: Task) => Promise<number[]>} Heard - the frame of each round */

/** A pad that starts again on every line while it is held. @type {Heard} */
export function repeatedPad(task) {
	return hear(task, 64, { launchMode: "repeat", launchQuantum: task.beats });
}

/** A pad that loops and follows the tempo. @type {Heard} */
export function loopedPad(task) {
	return hear(task, loopFrames(task), { loop: true, sync: "repitch", lengthBeats: task.beats });
}

/**
 * Presses a pad whose sample begins with an impulse.
 *
 * @param {Task} task @param {number} sampleFrames
 * @param {Partial<import("../../packages/engine/dist/index.browser.js").PadParameters>} parameters
 */
async function hear({ tempi, rounds, frames }, sampleFrames, parameters) {
	const entry = "/index.browser.js";
	/** @type {typeof import("../../packages/engine/dist/index.browser.js")} */
	const { AudioEngine } = await import(entry);
	const context = new OfflineAudioContext(1, frames, SAMPLE_RATE);
	const engine = new AudioEngine({ audioContext: context });
	await engine.run();
	await engine.loadSample(0, impulseWave(sampleFrames));
	for (const { tempo, frame } of tempi) engine.transport.set({ tempo }, { atFrame: frame });
	engine.pad(0).set(parameters, { atFrame: 0 });
	engine.pad(0).press(1, { atFrame: 0 });
	await engine.resume();
	engine.output?.connect(context.destination);
	return peaksOf((await context.startRendering()).getChannelData(0)).slice(0, rounds);
}

/** A looping Player that starts with the transport. It does not follow the tempo. @type {Heard} */
export async function loopedPlayer(task) {
	/** @type {typeof import("tone")} */
	const { OfflineContext, Player, setContext } = Reflect.get(globalThis, "Tone");
	const native = new OfflineAudioContext(1, task.frames, SAMPLE_RATE);
	const context = new OfflineContext(native);
	setContext(context);
	const buffer = new AudioBuffer({ length: loopFrames(task), numberOfChannels: 1, sampleRate: SAMPLE_RATE });
	buffer.copyToChannel(Float32Array.of(1), 0);
	new Player({ url: buffer, loop: true }).toDestination().sync().start(0);
	for (const { tempo, frame } of task.tempi) context.transport.bpm.setValueAtTime(tempo, frame / SAMPLE_RATE);
	context.transport.start(0);
	const rendered = await context.render();
	return peaksOf(rendered.getChannelData(0)).slice(0, task.rounds);
}

/** The frames nearest to the times that Tone.js's transport gives its callback. @type {Heard} */
export async function repeatedCallback({ beats, tempi, rounds, frames }) {
	/** @type {typeof import("tone")} */
	const { OfflineContext, setContext } = Reflect.get(globalThis, "Tone");
	const context = new OfflineContext(1, frames / SAMPLE_RATE, SAMPLE_RATE);
	setContext(context);
	const { transport } = context;
	for (const { tempo, frame } of tempi) transport.bpm.setValueAtTime(tempo, frame / SAMPLE_RATE);
	/** @type {number[]} */
	const times = [];
	transport.scheduleRepeat((time) => times.push(time), { "4n": beats }, 0);
	transport.start(0);
	await context.render();
	return times.slice(0, rounds).map((time) => Math.round(time * SAMPLE_RATE));
}

/** A round at the first tempo, as long as a file can hold it. @param {Task} task */
function loopFrames({ beats, tempi }) {
	return Math.round((beats * 60 * SAMPLE_RATE) / (tempi[0]?.tempo ?? Number.NaN));
}

/** The highest frame of each impulse. @param {Float32Array} heard */
function peaksOf(heard) {
	/** @type {number[]} */
	const peaks = [];
	for (let frame = 0; frame < heard.length; frame++) {
		const value = heard[frame] ?? 0;
		if (value > 0.3 && value > (heard[frame - 1] ?? 0) && value >= (heard[frame + 1] ?? 0)) peaks.push(frame);
	}
	return peaks;
}

/** A mono WAV file of an impulse and silence. @param {number} frames */
function impulseWave(frames) {
	const view = new DataView(new ArrayBuffer(44 + 4 * frames));
	const text = (/** @type {number} */ at, /** @type {string} */ letters) =>
		new Uint8Array(view.buffer, at).set(new TextEncoder().encode(letters));
	text(0, "RIFF");
	view.setUint32(4, view.byteLength - 8, true);
	text(8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, 3, true);
	view.setUint16(22, 1, true);
	view.setUint32(24, SAMPLE_RATE, true);
	view.setUint32(28, 4 * SAMPLE_RATE, true);
	view.setUint16(32, 4, true);
	view.setUint16(34, 32, true);
	text(36, "data");
	view.setUint32(40, 4 * frames, true);
	view.setFloat32(44, 1, true);
	return view.buffer;
}
