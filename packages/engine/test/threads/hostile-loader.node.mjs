// A loader thread like the real one, but a source that begins with "HOSTILE" makes it write over its region for ever.
import { parentPort } from "node:worker_threads";

let pcm;
let hostileRequest = null;

/** Where memory is not shared, all that it can do is send what nobody gave it credit for. */
function writeForEver(address) {
	if (pcm instanceof WebAssembly.Memory) {
		const region = new Float32Array(pcm.buffer, address, 100_000);
		for (let value = 1; ; value++) region.fill(value);
	}
	for (let chunk = 0; chunk < 1000; chunk++) {
		const buffer = new Float32Array(4096).fill(chunk).buffer;
		pcm.postMessage({ type: "chunk", address, bytes: 16_384, buffer }, [buffer]);
	}
	for (;;) {
		// Never hears anything again.
	}
}

function takesHostile(message) {
	if (message.type === "initialize") pcm = message.pcm;
	if (message.type === "load" && String.fromCharCode(...message.source.bytes.subarray(0, 7)) === "HOSTILE") {
		hostileRequest = message.requestId;
		parentPort.postMessage({ type: "started", requestId: hostileRequest });
		parentPort.postMessage({ type: "progress", requestId: hostileRequest, percent: 0.5, stage: "Loading (decoding)" });
		parentPort.postMessage({ type: "reserve", requestId: hostileRequest, bytes: 400_000 });
		return true;
	}
	if (message.type === "lent" && message.requestId === hostileRequest) {
		writeForEver(message.address);
	}
	return message.requestId !== undefined && message.requestId === hostileRequest;
}

const listen = parentPort.on.bind(parentPort);
parentPort.on = (type, listener) => listen(type, (message) => takesHostile(message) || listener(message));
await import("../../dist/loader-thread.node.js");
