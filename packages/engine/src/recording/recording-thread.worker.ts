import type { ToRecordingThread } from "../protocol/recording-messages.ts";
import { RecordingThreadMain } from "./recording-thread.ts";
import { privateTakes } from "./take-file.worker.ts";

// A browser's recording thread: this file only joins the platform to recording.

declare const self: DedicatedWorkerGlobalScope;

const main = new RecordingThreadMain({
	store: privateTakes,
	post: (message) => self.postMessage(message),
	after: (milliseconds, callback) => {
		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	},
});

self.addEventListener("message", ({ data }: MessageEvent<ToRecordingThread>) => main.onMessage(data));
