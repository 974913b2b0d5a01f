// A producer thread: sends its commands through an AudioStreamHandle in bursts of random length, records which were
// rejected, and never sends one again.
import { parentPort, workerData } from "node:worker_threads";
import { AudioStreamHandle } from "../../dist/producers/audio-stream-handle.js";
import { CommandPlan, STOP, TIMED_PLAY } from "./command-plan.mjs";
import { bytesInTurn } from "./random-bytes.mjs";

/**
 * @typedef {object} CommandProducerData
 * @property {import("../../dist/protocol/stream-descriptor.js").StreamDescriptor} descriptor
 * @property {number} seed
 * @property {number} count commands that must be accepted
 * @property {number} count commands that must be accepted
 * @property {Int32Array} clock word 0: blocks rendered; word 1: frames rendered
 * @property {Int32Array} refused bit n: whether command n was rejected
 * @property {Int32Array} frames of the timed command among 8n…8n+7, its frame
 * @property {Uint8Array} random
 */
/** @type {CommandProducerData} */
const { descriptor, seed, producer, count, clock, refused, frames, random } = workerData;

const plan = new CommandPlan(seed, producer);
const stream = AudioStreamHandle.open(descriptor);
const byte = bytesInTurn(random);
// Waiting for a word to change does not keep a thread alive; a listener does.
parentPort?.on("message", () => {});

/** @param {number} n */
function send(n) {
	const kind = plan.kindOf(n);
	const slot = plan.slotOf(n);
	if (kind === STOP) {
		stream.stopSample(slot);
	} else if (kind === TIMED_PLAY) {
		const atFrame = Math.max(0, Atomics.load(clock, 1) + plan.aheadOf(n));
		Atomics.store(frames, n >>> 3, atFrame);
		stream.playSample(slot, plan.velocityOf(n), { loop: plan.isLooping(n), atFrame });
	} else {
		stream.playSample(slot, plan.velocityOf(n), { loop: plan.isLooping(n) });
	}
}

/** @param {number} n @returns {boolean} whether it was accepted */
function isSent(n) {
	try {
		send(n);
		return true;
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ring-full")) throw error;
		Atomics.or(refused, n >>> 5, 1 << (n & 31));
		return false;
	}
}

/** Waits for this many more blocks of the audio thread. @param {number} blocks */
async function wait(blocks) {
	for (let end = Atomics.load(clock, 0) + blocks; ; ) {
		const now = Atomics.load(clock, 0);
		if (now - end >= 0) return;
		const waiting = Atomics.waitAsync(clock, 0, now);
		if (waiting.async) await waiting.value;
	}
}

let attempts = 0;
for (let accepted = 0; accepted < count; ) {
	for (let burst = 2 * byte(); burst >= 0 && accepted < count; burst--) {
		if (isSent(attempts)) accepted += 1;
		// Sometimes it retries immediately.
		else if (byte() < 192) await wait(1);
		attempts += 1;
	}
	if (byte() < 96) await wait(1 + (byte() & 3));
}
stream.close();
parentPort?.postMessage({ attempts });
parentPort?.close();
