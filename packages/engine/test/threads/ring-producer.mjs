// A producer thread: loads its handles into its slot in order, with other commands between them, until the main
// thread's target is reached; then it empties the slot. A handle is reused once its retirement has been read.
import { parentPort, workerData } from "node:worker_threads";
import * as layout from "../../dist/protocol/shared-memory.js";
import { CommandWriter } from "../../dist/rings/command-writer.js";
import { ControlRing } from "../../dist/rings/control-ring.js";
import { bytesInTurn } from "./random-bytes.mjs";

/**
 * @typedef {object} RingProducerData
 * @property {SharedArrayBuffer} buffer the engine memory
 * @property {number} ring
 * @property {number} emptySlot never loaded: commands for it have no effect
 * @property {number} emptySlot never loaded: commands for it do nothing
 * @property {number} handles number of the producer's handles
 * @property {number} handles how many handles the producer has
 * @property {number} firstLoad number of the first load; load n uses handle firstHandle + n % handles
 * @property {Int32Array} tally word 0: the target, in loads; word 1: loads whose retirement has been read
 * @property {Int32Array} tally word 0: the target, in loads; word 1: loads whose retirement has been read
 * @property {Uint8Array} random
 */
/** @type {RingProducerData} */
const { buffer, ring: index, slot, emptySlot, firstHandle, handles, firstLoad, otherShare, tally, random } = workerData;

const words = new Int32Array(buffer, 0, layout.SHARED_END / 4);
const readWord = (layout.RING_POSITIONS + index * layout.RING_POSITIONS_BYTES + layout.RING_READ) / 4;
const ring = new ControlRing(buffer, index);
const writer = new CommandWriter((command) => ring.send(command));
const byte = bytesInTurn(random);
let commands = 0;
let refused = 0;

/** @param {() => boolean} write */
function send(write) {
	for (;;) {
		const read = Atomics.load(words, readWord);
		if (write()) break;
		refused += 1;
		Atomics.wait(words, readWord, read);
	}
	commands += 1;
}

function waitUntilDrained() {
	for (let read = Atomics.load(words, readWord); !ring.isDrained; read = Atomics.load(words, readWord)) {
		Atomics.wait(words, readWord, read);
	}
}

let load = firstLoad;

function sendOneCommand() {
	if (byte() < otherShare) {
		send(() => writer.stopSample(emptySlot));
		return;
	}
	for (let retired = Atomics.load(tally, 1); load - retired >= handles; retired = Atomics.load(tally, 1)) {
		Atomics.wait(tally, 1, retired);
	}
	const sample = {
		handle: firstHandle + (load % handles),
		address: layout.PCM_HEAP + 8 * layout.GUARD_FRAMES,
		frames: 2,
		channels: 2,
	};
	send(() => writer.loadSample(slot, sample));
	load += 1;
}

while (load < Atomics.load(tally, 0)) {
	for (let burst = 4 * byte(); burst >= 0 && load < Atomics.load(tally, 0); burst--) sendOneCommand();
	if (byte() < 64) waitUntilDrained();
}
send(() => writer.unloadSample(slot));
parentPort?.postMessage({ loads: load, commands, refused });
