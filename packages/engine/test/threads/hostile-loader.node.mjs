// A loader thread like the real one, but hostile to bytes that begin with "HOSTILE".
import { parentPort } from "node:worker_threads";
import { hostileInterceptor } from "../../../../tests/browsers/page/hostile-messages.js";

const intercepts = hostileInterceptor((message) => parentPort.postMessage(message));
const listen = parentPort.on.bind(parentPort);
parentPort.on = (type, listener) => listen(type, (message) => intercepts(message) || listener(message));
await import("../../dist/loader-thread.node.js");
