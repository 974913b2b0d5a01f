import { type FileHandle, open } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { LooperError } from "../errors.ts";
import type { LoadSource, ToLoaderThread } from "../protocol/loader-messages.ts";
import { LoaderThreadMain } from "./loader-thread.ts";
import type { Cancellation } from "./progress-reporter.ts";
import { readFailed, readResponse } from "./read-response.ts";
import { checkLength, readStream } from "./read-stream.ts";

// Node's loader thread: this file only joins the platform to the loader.

const PIECE_BYTES = 2 ** 20;

type OnBytes = (read: number, total: number | null) => Promise<void>;

function readBytes(source: LoadSource, cancellation: Cancellation, onBytes: OnBytes): Promise<Uint8Array> {
	switch (source.kind) {
		case "bytes":
			return Promise.resolve(source.bytes);
		case "blob":
			checkLength(source.blob.size);
			return readStream(source.blob.stream().getReader(), source.blob.size, onBytes);
		case "path":
			return readPath(source.path, onBytes);
		case "url": {
			const abort = new AbortController();
			const stopListening = cancellation.onCancel(() => abort.abort());
			return readResponse(source.url, fetch(source.url, { signal: abort.signal }), onBytes).finally(stopListening);
		}
		default:
			return source satisfies never;
	}
}

/** @throws LooperError `file-not-found`, `read-failed` or `out-of-memory`. */
async function readPath(path: string, onBytes: OnBytes): Promise<Uint8Array> {
	const file = await open(path).catch((error: unknown) => {
		throw isMissing(error)
			? new LooperError("file-not-found", "File not found", { cause: error })
			: readFailed(path, error);
	});
	try {
		const status = await file.stat();
		if (status.isDirectory()) throw new LooperError("read-failed", `${path} is a folder; choose a file in it`);
		checkLength(status.size);
		return await readFile(file, status.size, onBytes);
	} catch (error) {
		throw error instanceof LooperError ? error : readFailed(path, error);
	} finally {
		await file.close();
	}
}

async function readFile(file: FileHandle, size: number, onBytes: OnBytes): Promise<Uint8Array> {
	// Pipes and devices have no size; they are read until they end.
	const reader = {
		read: async () => {
			const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES);
			return bytesRead === 0 ? { done: true } : { done: false, value: buffer.subarray(0, bytesRead) };
		},
		cancel: () => Promise.resolve(),
	};
	return readStream(reader, size > 0 ? size : null, onBytes);
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

if (parentPort === null) throw new Error("this file is the entry of a loader thread; import the package instead");
const port = parentPort;

const main = new LoaderThreadMain({
	readBytes,
	post: (message) => port.postMessage(message),
	now: () => performance.now(),
	turn: () => setImmediate(),
	// A Node thread's end is told by its exit event.
	holdLifeLock: () => Promise.resolve(),
});

port.on("message", (message: ToLoaderThread) => main.onMessage(message));
