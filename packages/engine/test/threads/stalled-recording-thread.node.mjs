import { BroadcastChannel, parentPort, receiveMessageOnPort } from "node:worker_threads";

// The recording thread, but it stands still from the start of a take until a message comes over the channel "stalled recording".

const channel = new BroadcastChannel("stalled recording");
await import("../../dist/recording-thread.node.js");
const cell = new Int32Array(new SharedArrayBuffer(4));

parentPort?.on("message", ({ type }) => {
	// Not before the file is open, which takes a turn.
	if (type === "begin") setImmediate(stall);
});

function stall() {
	while (receiveMessageOnPort(channel) === undefined) Atomics.wait(cell, 0, 0, 1);
}
