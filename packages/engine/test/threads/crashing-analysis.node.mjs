// An analysis thread that fails at its first request.
import { parentPort } from "node:worker_threads";

parentPort?.on("message", (message) => {
	if (message.type === "initialize") parentPort.postMessage({ type: "initialized" });
	if (message.type === "analyze" || message.type === "slice") throw new Error("it cannot stand this sample");
});
