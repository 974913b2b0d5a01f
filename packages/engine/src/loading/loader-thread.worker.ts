import { privateStore } from "../cache/pcm-store.worker.ts";
import { workerAudio } from "../decode/platform/platform-audio.worker.ts";
import type { ToLoaderThread } from "../protocol/loader-messages.ts";
import { workerSources } from "../source/source-platform.worker.ts";
import { LoaderThreadMain } from "./loader-thread.ts";

// A browser's loader thread: this file only joins the platform to the loader.

declare const self: DedicatedWorkerGlobalScope;

const turns = new MessageChannel();
let endTurn: () => void = () => {};
turns.port1.addEventListener("message", () => endTurn());
turns.port1.start();

const main = new LoaderThreadMain({
	sources: workerSources,
	platformAudio: workerAudio,
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
	holdLifeLock: (name) =>
		new Promise((resolve, reject) => {
			// The browser releases the lock when the thread has really ended.
			navigator.locks.request(name, () => new Promise(() => resolve())).catch(reject);
		}),
});

self.addEventListener("message", ({ data }: MessageEvent<ToLoaderThread>) => main.onMessage(data));
