// The audio thread of message threading: renders blocks with the kernel that owns its memory and handles
// messages between them.
import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { MessageKernel } from "../../dist/audio-thread/message-kernel.js";

/**
 * @typedef {object} MessageKernelThreadData
 * @property {import("../../dist/protocol/threading-messages.js").MessageKernelStart} start
 * @property {number} longestBlock block lengths cycle from 1 to this
 * @property {Int32Array} clock word 0: blocks rendered; word 1: frames rendered
 */
/** @type {MessageKernelThreadData} */
const { start, longestBlock, clock } = workerData;
const port = parentPort;
if (port === null) throw new Error("This file is the entry of a thread.");

/** Fewer than fill the journal, so that it never overflows here. */
const BLOCKS_WITHOUT_SNAPSHOT = 4;

/** Blocks since the last snapshot to the control thread; 0 once it has answered. */
const snapshots = { unanswered: 0 };

const kernel = new MessageKernel(start, (message, transfer) => {
	if (message.type === "snapshot") snapshots.unanswered = 1;
	port.postMessage(message, /** @type {any[]} */ (transfer));
});
port.on("message", (message) => {
	if (message.type === "snapshot") snapshots.unanswered = 0;
	kernel.onMessage(message);
});
port.postMessage({ type: "started" });

const left = new Float32Array(longestBlock);
const right = new Float32Array(longestBlock);
let isAlive = true;
for (let block = 0; isAlive; block++) {
	while (snapshots.unanswered > BLOCKS_WITHOUT_SNAPSHOT) await setImmediate();
	if (snapshots.unanswered > 0) snapshots.unanswered += 1;
	const frames = (block % longestBlock) + 1;
	isAlive = kernel.render([left.subarray(0, frames), right.subarray(0, frames)]);
	Atomics.add(clock, 1, frames);
	Atomics.add(clock, 0, 1);
	Atomics.notify(clock, 0);
	Atomics.notify(clock, 1);
	await setImmediate();
}
port.close();
