// The audio thread: renders blocks with the built kernel, notifies the threads that wait for what it has read
// or retired, and reads the journal if no other thread does.
import { parentPort, workerData } from "node:worker_threads";
import * as command from "../../dist/protocol/commands.js";
import * as layout from "../../dist/protocol/shared-memory.js";

/**
 * @typedef {object} KernelThreadData
 * @property {WebAssembly.Module} module
 * @property {WebAssembly.Memory} memory
 * @property {number} longestBlock block lengths cycle from 1 to this
 * @property {number} [velocitySteps] play n of a slot has the velocity (n % velocitySteps) / velocitySteps
 * @property {boolean} isJournalKept whether another thread reads the journal
 * @property {Int32Array} heard one word per slot: plays of filled slots
 * @property {Int32Array} handles one word per slot: the handle that it holds
 * @property {Int32Array} handles one word per slot: its handle
 */
/** @type {KernelThreadData} */
const { module, memory, longestBlock, velocitySteps, isJournalKept, heard, handles, clock } = workerData;

/** More than a block can add to the journal, so that it never overflows here. */
const JOURNAL_ROOM = 2048;

const words = new Int32Array(memory.buffer, 0, layout.SHARED_END / 4);
const doubles = new Float64Array(memory.buffer, 0, layout.SHARED_END / 8);
const { initialize, renderBlock } = new WebAssembly.Instance(module, { env: { memory } }).exports;
if (typeof initialize !== "function" || typeof renderBlock !== "function")
	throw new Error("This module is not a kernel.");

/** The positions that the kernel writes, and their values after the previous block. */
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

/** Reads what took effect in the newest block: the handle of each slot, and the plays in order. */
function readJournal() {
	let read = words[layout.JOURNAL_READ / 4] ?? 0;
	for (; read !== words[layout.JOURNAL_WRITE / 4]; read = (read + 1) | 0) {
		const entry = (layout.JOURNAL_RING + (read & (layout.JOURNAL_ENTRIES - 1)) * layout.COMMAND_BYTES) / 4;
		const slot = words[entry + command.COMMAND_SLOT / 4] ?? 0;
		const type = (words[entry] ?? 0) & ~command.AT_FRAME;
		if (type === command.LOAD_SAMPLE) Atomics.store(handles, slot, words[entry + command.LOAD_HANDLE / 4] ?? 0);
		if (type === command.UNLOAD_SAMPLE) Atomics.store(handles, slot, 0);
		if (type === command.PLAY_SAMPLE && handles[slot] !== 0)
			takePlay(slot, doubles[entry / 2 + command.PLAY_VELOCITY / 8]);
	}
	Atomics.store(words, layout.JOURNAL_READ / 4, read);
}

/** @param {number} slot @param {number | undefined} velocity */
function takePlay(slot, velocity) {
	const count = heard[slot] ?? 0;
	if (velocitySteps !== undefined && velocity !== (count % velocitySteps) / velocitySteps) {
		throw new Error(`Play ${count} of slot ${slot} has velocity ${velocity}.`);
	}
	Atomics.store(heard, slot, count + 1);
	Atomics.notify(heard, slot);
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
	if (isJournalKept) waitForJournal();
	const frames = (block % longestBlock) + 1;
	isAlive = renderBlock(frames) !== 0;
	if (!isJournalKept) readJournal();
	notifyOfChanges();
	tick(frames);
}
