// Recordings shorter than half a frame of the engine's: each is one frame, which its slot plays from then on, and however many
// are loaded, neither bytes nor handles are lost.
import { AudioEngine } from "flitzis-looper";

const SAMPLE_RATE = 48_000;
const HANDLES = 1_024;
/** @type {string[]} */
const differences = [];

/** @param {boolean} holds @param {string} fact */
function must(holds, fact) {
	if (!holds) differences.push(fact);
}

/**
 * A mono WAV file of 32-bit floats, all of one value.
 *
 * @param {number} frames @param {number} rate @param {number} value
 */
function wave(frames, rate, value) {
	const bytes = Buffer.alloc(44 + frames * 4);
	bytes.write("RIFF", 0);
	bytes.writeUInt32LE(36 + frames * 4, 4);
	bytes.write("WAVEfmt ", 8);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(3, 20);
	bytes.writeUInt16LE(1, 22);
	bytes.writeUInt32LE(rate, 24);
	bytes.writeUInt32LE(rate * 4, 28);
	bytes.writeUInt16LE(4, 32);
	bytes.writeUInt16LE(32, 34);
	bytes.write("data", 36);
	bytes.writeUInt32LE(frames * 4, 40);
	for (let frame = 0; frame < frames; frame++) bytes.writeFloatLE(value, 44 + frame * 4);
	return bytes;
}

/** @param {"shared" | "messages"} threading @param {AudioEngine} engine */
async function check(threading, engine) {
	await engine.run();
	const shortest = /** @type {const} */ ([
		[1, 192_000],
		[1, 384_000],
		[2, 768_000],
	]);
	for (const [frames, rate] of shortest) {
		await engine.loadSample(0, wave(4_800, SAMPLE_RATE, 0.25));
		const info = await engine.loadSample(0, wave(frames, rate, 0.9));
		const what = `${threading}, ${frames} frames of ${rate} Hz`;
		must(info.frames === 1, `${what}: ${info.frames} frames instead of 1`);
		engine.renderOffline(256);
		engine.playSample(0, 1);
		const [left] = engine.renderOffline(2);
		const expected = (0.9 * frames * SAMPLE_RATE) / rate;
		const isHeard = Math.abs(left[0] - expected) < 0.1 * expected && left[1] === 0;
		must(isHeard, `${what}: the slot sounds ${left.join(", ")} instead of about ${expected}, 0`);
	}
	engine.unloadSample(0);
	for (let count = 0; count < HANDLES + 76; count++) {
		await engine.loadSample(1, wave(1, 192_000, count / 2_000));
		if (count % 16 === 0) engine.renderOffline(128);
	}
	engine.unloadSample(1);
	engine.renderOffline(20_000);
	const { pcmBytes } = engine.stats();
	must(pcmBytes === 0, `${threading}: ${pcmBytes} bytes of PCM are in use with every slot empty`);
	const { frames } = await engine.loadSample(2, wave(480, SAMPLE_RATE, 0.2));
	must(frames === 480, `${threading}: an ordinary sample has ${frames} frames instead of 480`);
}

for (const threading of /** @type {const} */ (["shared", "messages"])) {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE, loaderThreads: 1, threading });
	try {
		await check(threading, engine);
	} catch (error) {
		differences.push(`${threading}: ${String(error)}`);
	} finally {
		await engine.shutDown();
	}
}
for (const difference of differences) process.stdout.write(`${difference}\n`);
process.exitCode = differences.length === 0 ? 0 : 1;
