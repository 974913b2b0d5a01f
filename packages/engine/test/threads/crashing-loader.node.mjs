// A loader thread like the real one, but a source of bytes that ends with "CRASH-NOW" ends the thread when it comes, and one
// that ends with "CRASH-ALLOCATED" ends it when a region has been allocated for it. Every stream ends it.
import { parentPort } from "node:worker_threads";

const NOW = "CRASH-NOW";
const ALLOCATED = "CRASH-ALLOCATED";
let fragileRequest = null;

function endsWith(source, mark) {
	if (source.kind === "stream") return mark === NOW;
	return source.kind === "bytes" && String.fromCharCode(...source.bytes.subarray(-mark.length)) === mark;
}

function crashes(message) {
	if (message.type === "load" && endsWith(message.source, NOW)) {
		parentPort.postMessage({ type: "started", requestId: message.requestId });
		return true;
	}
	if (message.type === "load" && endsWith(message.source, ALLOCATED)) fragileRequest = message.requestId;
	return message.type === "allocated" && message.requestId === fragileRequest;
}

const listen = parentPort.on.bind(parentPort);
parentPort.on = (type, listener) =>
	listen(type, (message) => {
		if (crashes(message)) throw new Error("This thread was told to crash.");
		listener(message);
	});
await import("../../dist/loader-thread.node.js");
