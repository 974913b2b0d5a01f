import { privateStore } from "../cache/pcm-store.worker.ts";
import type { ToAnalysisThread } from "../protocol/analysis-messages.ts";
import { AnalysisThreadMain } from "./analysis-thread.ts";

// A browser's analysis thread: this file only joins the platform to the analysis.

declare const self: DedicatedWorkerGlobalScope;

const turns = new MessageChannel();
let endTurn: () => void = () => {};
turns.port1.addEventListener("message", () => endTurn());
turns.port1.start();

const main = new AnalysisThreadMain({
	openStore: privateStore,
	post: (message, transfer = []) => self.postMessage(message, [...transfer] as unknown as Transferable[]),
	now: () => performance.now(),
	after: (milliseconds, callback) => {
		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	},
	turn: () =>
		new Promise((resolve) => {
			endTurn = resolve;
			turns.port2.postMessage(null);
		}),
});

self.addEventListener("message", ({ data }: MessageEvent<ToAnalysisThread>) => main.onMessage(data));
