import type { LoadSource, ToLoaderThread } from "../protocol/loader-messages.ts";
import { LoaderThreadMain } from "./loader-thread.ts";
import type { Cancellation } from "./progress-reporter.ts";
import { readFailed, readResponse } from "./read-response.ts";
import { checkLength, readStream } from "./read-stream.ts";

// A browser's loader thread: this file only joins the platform to the loader.

declare const self: DedicatedWorkerGlobalScope;

async function readBytes(
	source: LoadSource,
	cancellation: Cancellation,
	onBytes: (read: number, total: number | null) => Promise<void>,
): Promise<Uint8Array> {
	switch (source.kind) {
		case "bytes":
			return source.bytes;
		case "blob":
			checkLength(source.blob.size);
			return readStream(source.blob.stream().getReader(), source.blob.size, onBytes).catch((error: unknown) => {
				throw error instanceof DOMException ? readFailed("the file", error) : error;
			});
		case "path":
		case "url": {
			const url = source.kind === "url" ? source.url : source.path;
			const abort = new AbortController();
			const stopListening = cancellation.onCancel(() => abort.abort());
			return readResponse(url, fetch(url, { signal: abort.signal }), onBytes).finally(stopListening);
		}
		default:
			return source satisfies never;
	}
}

const turns = new MessageChannel();
let endTurn: () => void = () => {};
turns.port1.addEventListener("message", () => endTurn());
turns.port1.start();

const main = new LoaderThreadMain({
	readBytes,
	post: (message) => self.postMessage(message),
	now: () => performance.now(),
	turn: () =>
		new Promise((resolve) => {
			endTurn = resolve;
			turns.port2.postMessage(null);
		}),
	holdLifeLock: (name) =>
		new Promise((resolve, reject) => {
			// The lock is let go by the browser when the thread has really ended, never by this file.
			navigator.locks.request(name, () => new Promise(() => resolve())).catch(reject);
		}),
});

self.addEventListener("message", ({ data }: MessageEvent<ToLoaderThread>) => main.onMessage(data));
