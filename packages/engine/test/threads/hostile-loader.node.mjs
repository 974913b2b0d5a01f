// A loader thread like the real one, but a source that begins with "HOSTILE" makes it write over its region for ever.
import { parentPort } from "node:worker_threads";

let memory;
let hostileRequest = null;

function takesHostile(message) {
	if (message.type === "initialize") memory = message.memory;
	if (message.type === "load" && String.fromCharCode(...message.source.bytes.subarray(0, 7)) === "HOSTILE") {
		hostileRequest = message.requestId;
		parentPort.postMessage({ type: "started", requestId: hostileRequest });
		parentPort.postMessage({ type: "progress", requestId: hostileRequest, percent: 0.5, stage: "Loading (decoding)" });
		parentPort.postMessage({ type: "reserve", requestId: hostileRequest, bytes: 400_000 });
		return true;
	}
	if (message.type === "lent" && message.requestId === hostileRequest) {
		const region = new Float32Array(memory.buffer, message.address, 100_000);
		for (let value = 1; ; value++) region.fill(value);
	}
	return message.requestId !== undefined && message.requestId === hostileRequest;
}

const listen = parentPort.on.bind(parentPort);
parentPort.on = (type, listener) => listen(type, (message) => takesHostile(message) || listener(message));
await import("../../dist/loader-thread.node.js");
