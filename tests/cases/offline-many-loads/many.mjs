// An engine without a device that renders nothing: more loads, triggers, stops and gains than its ring holds, and more samples,
// one after the other, than its memory holds at once.
import { AudioEngine } from "flitzis-looper";

const SAMPLE_RATE = 48_000;
const SLOTS = 16;
const LOADS = 1_100;
/** @type {string[]} */
const differences = [];

/** @param {boolean} holds @param {string} fact */
function must(holds, fact) {
	if (!holds) differences.push(fact);
}

/**
 * A mono WAV file of 32-bit floats, all of one value.
 *
 * @param {number} frames @param {number} value
 */
function wave(frames, value) {
	const bytes = Buffer.alloc(44 + frames * 4);
	bytes.write("RIFF", 0);
	bytes.writeUInt32LE(36 + frames * 4, 4);
	bytes.write("WAVEfmt ", 8);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(3, 20);
	bytes.writeUInt16LE(1, 22);
	bytes.writeUInt32LE(SAMPLE_RATE, 24);
	bytes.writeUInt32LE(SAMPLE_RATE * 4, 28);
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
	for (let count = 0; count < LOADS; count++) await engine.loadSample(count % SLOTS, wave(4_800, (count + 1) / 4_096));
	for (let count = 0; count < 3_000; count++) engine.playSample(count % SLOTS, 1);
	for (let count = 0; count < 3_000; count++) engine.stopSample(count % SLOTS);
	for (let count = 0; count < 3_000; count++) engine.masterGainDecibels = count === 2_999 ? 0 : -20;
	const silence = engine.renderOffline(1)[0][0];
	must(silence === 0, `${threading}: after the stops ${silence} is heard`);
	for (let slot = 0; slot < SLOTS; slot++) {
		const newest = LOADS - 1 - ((LOADS - 1 - slot) % SLOTS);
		engine.playSample(slot, 1);
		const heard = engine.renderOffline(4_800)[0][4_799];
		const expected = (newest + 1) / 4_096;
		must(heard === expected, `${threading}: slot ${slot} sounds ${heard} instead of ${expected}, its newest sample`);
	}
}

for (const threading of /** @type {const} */ (["shared", "messages"])) {
	const engine = new AudioEngine({
		output: "offline",
		sampleRate: SAMPLE_RATE,
		loaderThreads: 2,
		// Two samples a slot, where 69 would be loaded into each.
		memoryBudget: 2 * SLOTS * 4 * (4_800 + 32),
		threading,
	});
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
