import { parentPort } from "node:worker_threads";
import type { ToRecordingThread } from "../protocol/recording-messages.ts";
import { RecordingThreadMain } from "./recording-thread.ts";
import { fileTakes } from "./take-file.node.ts";

// Node's recording thread: this file only joins the platform to recording.

if (parentPort === null) throw new Error("this file is the entry of a recording thread; import the package instead");
const port = parentPort;

const main = new RecordingThreadMain({
	store: fileTakes,
	post: (message) => port.postMessage(message),
	after: (milliseconds, callback) => {
		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	},
});

port.on("message", (message: ToRecordingThread) => main.onMessage(message));
