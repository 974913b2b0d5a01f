// A producer thread: plays its slot through an AudioStreamHandle, with a velocity that counts the plays, and sends other
// commands between them. The main thread limits the number of plays in flight.
import { parentPort, workerData } from "node:worker_threads";
import { AudioStreamHandle } from "../../dist/producers/audio-stream-handle.js";
import * as layout from "../../dist/protocol/shared-memory.js";
import { bytesInTurn } from "./random-bytes.mjs";

/**
 * @typedef {object} StreamProducerData
 * @property {import("../../dist/protocol/stream-descriptor.js").StreamDescriptor} descriptor
 * @property {number} slot
 * @property {number} emptySlot never loaded: commands for it have no effect
 * @property {number} plays total
 * @property {number} playsUnderWay
 * @property {number} velocitySteps play n has the velocity (n % velocitySteps) / velocitySteps
 * @property {number} otherShare of 256 commands, how many are not plays
 * @property {Int32Array} heard one word per slot: plays that the audio thread has started
 * @property {Uint8Array} random
 */
/** @type {StreamProducerData} */
const data = workerData;
const { descriptor, slot, emptySlot, heard } = data;

const words = new Int32Array(descriptor.memory.buffer, 0, layout.SHARED_END / 4);
const readWord = (layout.RING_POSITIONS + descriptor.ring * layout.RING_POSITIONS_BYTES + layout.RING_READ) / 4;
const stream = AudioStreamHandle.open(descriptor);
const byte = bytesInTurn(data.random);
let commands = 0;
let refused = 0;

/** @param {unknown} error */
function isRingFull(error) {
	return error instanceof Error && "code" in error && error.code === "ring-full";
}

/** @param {() => void} write */
function send(write) {
	for (;;) {
		const read = Atomics.load(words, readWord);
		try {
			write();
			break;
		} catch (error) {
			if (!isRingFull(error)) throw error;
			refused += 1;
			Atomics.wait(words, readWord, read);
		}
	}
	commands += 1;
}

for (let play = 0; play < data.plays; ) {
	const choice = byte();
	if (choice >= data.otherShare) {
		for (let count = Atomics.load(heard, slot); play - count >= data.playsUnderWay; count = Atomics.load(heard, slot)) {
			Atomics.wait(heard, slot, count);
		}
		const velocity = (play % data.velocitySteps) / data.velocitySteps;
		send(() => stream.playSample(slot, velocity));
		play += 1;
	} else if (choice % 2 === 0) {
		send(() => stream.stopSample(emptySlot));
	} else {
		send(() => stream.playSample(emptySlot, 1));
	}
}
stream.close();
parentPort?.postMessage({ plays: data.plays, commands, refused });
