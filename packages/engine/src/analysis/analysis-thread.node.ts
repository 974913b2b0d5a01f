import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { parentPort, type TransferListItem } from "node:worker_threads";
import { directoryStore } from "../cache/pcm-store.node.ts";
import type { ToAnalysisThread } from "../protocol/analysis-messages.ts";
import { AnalysisThreadMain } from "./analysis-thread.ts";

// Node's analysis thread: this file only joins the platform to the analysis.

if (parentPort === null) throw new Error("this file is the entry of an analysis thread; import the package instead");
const port = parentPort;

const main = new AnalysisThreadMain({
	openStore: directoryStore,
	post: (message, transfer = []) => port.postMessage(message, [...transfer] as unknown as TransferListItem[]),
	now: () => performance.now(),
	after: (milliseconds, callback) => {
		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	},
	turn: () => setImmediate(),
});

port.on("message", (message: ToAnalysisThread) => main.onMessage(message));
