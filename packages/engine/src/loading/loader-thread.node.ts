import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { parentPort, type TransferListItem } from "node:worker_threads";
import { directoryStore } from "../cache/pcm-store.node.ts";
import { nodeAudio } from "../decode/platform/platform-audio.node.ts";
import type { ToLoaderThread } from "../protocol/loader-messages.ts";
import { nodeSources } from "../source/source-platform.node.ts";
import { LoaderThreadMain } from "./loader-thread.ts";

// Node's loader thread: this file only joins the platform to the loader.

if (parentPort === null) throw new Error("this file is the entry of a loader thread; import the package instead");
const port = parentPort;

const main = new LoaderThreadMain({
	sources: nodeSources,
	platformAudio: nodeAudio(new URL("./audio-child.node.js", import.meta.url)),
	openStore: directoryStore,
	post: (message, transfer = []) => port.postMessage(message, [...transfer] as unknown as TransferListItem[]),
	now: () => performance.now(),
	after: (milliseconds, callback) => {
		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	},
	turn: () => setImmediate(),
	// The exit event says when a Node thread has ended.
	holdLifeLock: () => Promise.resolve(),
});

port.on("message", (message: ToLoaderThread) => main.onMessage(message));
