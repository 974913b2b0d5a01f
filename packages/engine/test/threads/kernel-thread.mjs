// The audio thread: renders one block after the other with the built kernel, wakes whoever waits for what it has read
// or retired, and checks the plays if it is asked to.
import { parentPort, workerData } from "node:worker_threads";
import * as layout from "../../dist/protocol/layout.js";

/**
 * @typedef {object} KernelThreadData
 * @property {WebAssembly.Module} module
 * @property {WebAssembly.Memory} memory
 * @property {number} longestBlock block lengths run from 1 to this, again and again
 * @property {number} velocitySteps play n of a slot has the velocity (n % velocitySteps) / velocitySteps
 * @property {Int32Array} heard one word a slot: plays that the audio thread has started
 * @property {Int32Array} clock word 0: blocks rendered; word 1: frames rendered
 */
/** @type {KernelThreadData} */
const { module, memory, longestBlock, velocitySteps, heard, clock } = workerData;

/** More than a block can add to the journal, so that it never overflows here. */
const JOURNAL_ROOM = 2048;

const words = new Int32Array(memory.buffer, 0, layout.PCM_HEAP / 4);
const floats = new Float32Array(memory.buffer, 0, layout.PCM_HEAP / 4);
const { initialize, renderBlock } = new WebAssembly.Instance(module, { env: { memory } }).exports;
if (typeof initialize !== "function" || typeof renderBlock !== "function") throw new Error("this is no kernel");

/** The positions that the kernel writes, and where each of them was after the block before. */
const positions = Array.from(
	{ length: layout.MAX_RINGS },
	(_, ring) => (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES + layout.RING_READ) / 4,
);
positions.push(layout.RETIREMENT_WRITE / 4, layout.JOURNAL_WRITE / 4);
const before = Int32Array.from(positions, (word) => words[word] ?? 0);

function notifyOfChanges() {
	for (const [index, word] of positions.entries()) {
		if (words[word] === before[index]) continue;
		before[index] = words[word] ?? 0;
		Atomics.notify(words, word);
	}
}

/** Expects the voices that the newest block started to go on where those of the block before ended. */
function checkPlays() {
	const voices = words[(layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4] ?? 0;
	for (let index = 0; index < voices; index++) {
		const voice = (layout.VOICES + index * layout.VOICE_BYTES) / 4;
		const slot = words[voice + layout.VOICE_SLOT / 4] ?? 0;
		const velocity = floats[voice + layout.VOICE_VELOCITY / 4];
		const count = heard[slot] ?? 0;
		if (velocity !== (count % velocitySteps) / velocitySteps) {
			throw new Error(`play ${count} of slot ${slot} came with velocity ${velocity}`);
		}
		Atomics.store(heard, slot, count + 1);
		Atomics.notify(heard, slot);
	}
}

/** Lets the reader of the journal catch up. */
function waitForJournal() {
	const word = layout.JOURNAL_READ / 4;
	for (;;) {
		const read = Atomics.load(words, word);
		const waiting = ((words[layout.JOURNAL_WRITE / 4] ?? 0) - read) | 0;
		if (waiting <= layout.JOURNAL_ENTRIES - JOURNAL_ROOM) return;
		Atomics.wait(words, word, read);
	}
}

/** @param {number} frames */
function tick(frames) {
	Atomics.add(clock, 1, frames);
	Atomics.add(clock, 0, 1);
	Atomics.notify(clock, 0);
	Atomics.notify(clock, 1);
}

initialize();
parentPort?.postMessage("ready");
let isAlive = true;
for (let block = 0; isAlive; block++) {
	waitForJournal();
	const frames = (block % longestBlock) + 1;
	isAlive = renderBlock(frames) !== 0;
	notifyOfChanges();
	tick(frames);
	if (longestBlock === 1) checkPlays();
}
