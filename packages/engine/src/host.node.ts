import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MessageChannel, type TransferListItem, Worker, type WorkerOptions } from "node:worker_threads";
import { defaultCacheDirectory } from "./cache/default-directory.node.ts";
import { openNodeDevice } from "./device/node-web-audio.node.ts";
import { LooperError } from "./errors.ts";
import type {
	AnalysisThread,
	AssetLocations,
	Host,
	LoaderThread,
	LoaderThreadListener,
	RecordingThread,
	ThreadListener,
} from "./host.ts";
import type { FromAnalysisThread } from "./protocol/analysis-messages.ts";
import type { EngineAssets } from "./protocol/engine-types.ts";
import type { LoadSource } from "./protocol/load-source.ts";
import type { FromLoaderThread } from "./protocol/loader-messages.ts";
import type { ChannelLike, Transferred } from "./protocol/message-port.ts";
import type { FromRecordingThread } from "./protocol/recording-messages.ts";
import { fileTakes } from "./recording/take-file.node.ts";
import { nodeTakes } from "./recording/take-files.node.ts";

/**
 * Room for a loader thread's short-lived objects. They are small, but each retains 64 KiB of a server's answer, which is
 * freed only when the room is full.
 */
const YOUNG_GENERATION_MEBIBYTES = 1;

/** Node as the engine sees it. */
export function nodeHost(assets: EngineAssets = {}): Host {
	return {
		get assets() {
			return locate(assets);
		},
		get processorCores() {
			return availableParallelism();
		},
		threadRemedy: (asset) => `Install the package again, or set assets.${asset}.`,
		checkPlatform: () => {},
		now: () => performance.now(),
		after,
		whenIdle: (callback) => after(0, callback),
		compile,
		spawnLoaderThread,
		spawnAnalysisThread,
		recording: { spawnThread: spawnRecordingThread, store: fileTakes, files: nodeTakes },
		isBlob: (value): value is Blob => value instanceof Blob,
		resolveSource,
		cacheDirectory: (directory) => resolve(directory ?? defaultCacheDirectory()),
		detach: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
		createChannel,
		openDevice: (options) => openNodeDevice(options, after),
	};
}

function after(milliseconds: number, callback: () => void): () => void {
	const timer = setTimeout(callback, milliseconds);
	return () => clearTimeout(timer);
}

/** Node's types call a message event an event without data. */
function createChannel<One, Other>(): ChannelLike<One, Other> {
	return new MessageChannel() as unknown as ChannelLike<One, Other>;
}

function locate(assets: EngineAssets): AssetLocations {
	const { decoders = {}, base } = assets;
	const place = (own: string | URL | undefined, file: string, beside: () => URL): string =>
		pathOf(own ?? (base === undefined ? beside() : join(pathOf(base), file)));
	const placeModule = (...asked: Parameters<typeof place>): string => moduleAddress(place(...asked));
	// The addresses are written out, because bundlers look for them.
	return {
		kernel: place(assets.kernel, "kernel.wasm", () => new URL("./kernel.wasm", import.meta.url)),
		kernelUnshared: place(
			assets.kernelUnshared,
			"kernel-unshared.wasm",
			() => new URL("./kernel-unshared.wasm", import.meta.url),
		),
		loaderKernel: place(assets.loaderKernel, "loader.wasm", () => new URL("./loader.wasm", import.meta.url)),
		loaderThread: place(
			assets.loaderThread,
			"loader-thread.node.js",
			() => new URL("./loader-thread.node.js", import.meta.url),
		),
		recordingThread: place(
			assets.recordingThread,
			"recording-thread.node.js",
			() => new URL("./recording-thread.node.js", import.meta.url),
		),
		analysisThread: place(
			assets.analysisThread,
			"analysis-thread.node.js",
			() => new URL("./analysis-thread.node.js", import.meta.url),
		),
		worklet: place(assets.worklet, "kernel-processor.js", () => new URL("./kernel-processor.js", import.meta.url)),
		decoderFiles: {
			lossless: placeModule(
				assets.losslessFormats,
				"lossless-formats.js",
				() => new URL("./lossless-formats.js", import.meta.url),
			),
			compressed: placeModule(
				assets.compressedFormats,
				"compressed-formats.js",
				() => new URL("./compressed-formats.js", import.meta.url),
			),
			mp3: placeModule(decoders.mp3, "decoder-mp3.js", () => new URL("./decoder-mp3.js", import.meta.url)),
			vorbis: placeModule(decoders.vorbis, "decoder-vorbis.js", () => new URL("./decoder-vorbis.js", import.meta.url)),
			opus: placeModule(decoders.opus, "decoder-opus.js", () => new URL("./decoder-opus.js", import.meta.url)),
		},
	};
}

/** Threads import files by their URLs. */
function moduleAddress(location: string): string {
	return /^[a-z][a-z\d+.-]+:/i.test(location) ? location : pathToFileURL(location).href;
}

function pathOf(location: string | URL): string {
	const text = String(location);
	return text.startsWith("file:") ? fileURLToPath(text) : text;
}

/** Everything but these URLs is a path relative to the current directory, colons and percent signs included. */
function resolveSource(source: string): LoadSource {
	if (/^(?:https?|data):/i.test(source)) return { kind: "url", url: source };
	if (/^file:/i.test(source) && URL.canParse(source)) return { kind: "path", path: filePath(source) };
	return { kind: "path", path: resolve(source) };
}

/** A file URL that names no path here (a host, an encoded slash) is looked up as it stands, and not found. */
function filePath(url: string): string {
	try {
		return fileURLToPath(url);
	} catch {
		return url;
	}
}

async function compile(location: string): Promise<WebAssembly.Module> {
	try {
		return await WebAssembly.compile(await readFile(location));
	} catch (error) {
		const message = `${location} cannot be loaded (${String(error)}). Install the package again, or set assets.`;
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}

function spawnLoaderThread(location: string, listener: LoaderThreadListener): LoaderThread {
	const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MEBIBYTES };
	const worker = spawn(location, { resourceLimits }, (reason) => listener.onCrash(reason));
	worker.on("message", (message: FromLoaderThread) => listener.onMessage(message));
	return {
		lifeLock: "",
		post: (message, transfer = []) => worker.postMessage(message, transferable(transfer)),
		setBusy: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
		terminate: endOf(worker),
	};
}

function spawnAnalysisThread(location: string, listener: ThreadListener<FromAnalysisThread>): AnalysisThread {
	const worker = spawn(location, {}, (reason) => listener.onCrash(reason));
	worker.on("message", (message: FromAnalysisThread) => listener.onMessage(message));
	return {
		post: (message, transfer = []) => worker.postMessage(message, transferable(transfer)),
		setBusy: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
		terminate: endOf(worker),
	};
}

function spawnRecordingThread(location: string, listener: ThreadListener<FromRecordingThread>): RecordingThread {
	const worker = spawn(location, {}, (reason) => listener.onCrash(reason));
	worker.on("message", (message: FromRecordingThread) => listener.onMessage(message));
	return {
		post: (message, transfer = []) => worker.postMessage(message, transferable(transfer)),
		terminate: endOf(worker),
	};
}

function spawn(location: string, options: WorkerOptions, onCrash: (reason: string) => void): Worker {
	// Options of the process, such as -e, do not apply to the thread.
	const worker = new Worker(location, { execArgv: [], ...options });
	let reason: string | null = null;
	worker.on("error", (error) => {
		reason = error instanceof Error ? error.message : String(error);
	});
	worker.on("messageerror", (error) => onCrash(error.message));
	// The error may outrun what the thread has sent before it; all of that has come by its exit.
	worker.once("exit", (code) => onCrash(reason ?? `it exited with code ${code}`));
	return worker;
}

/** @returns what ends a thread that has just been started; that settles when it has ended. */
function endOf(worker: Worker): () => Promise<void> {
	const ended = new Promise<void>((settle) => worker.once("exit", () => settle()));
	return async () => {
		// The process waits for the end, which may be awaited.
		worker.ref();
		await worker.terminate();
		await ended;
	};
}

function transferable(transfer: readonly Transferred[]): TransferListItem[] {
	return [...transfer] as unknown as TransferListItem[];
}
