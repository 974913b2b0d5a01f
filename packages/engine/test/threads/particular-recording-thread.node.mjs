import { parentPort } from "node:worker_threads";

// The recording thread, which ends when a take of 24 bits begins.

await import("../../dist/recording-thread.node.js");

parentPort?.on("message", ({ type, format }) => {
	if (type === "begin" && format === "s24") process.exit(1);
});
