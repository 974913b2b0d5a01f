import { parentPort } from "node:worker_threads";

// A recording thread that ends when a take begins.

parentPort?.on("message", ({ type }) => {
	if (type === "initialize") parentPort.postMessage({ type: "initialized" });
	if (type === "begin") process.exit(1);
});
