import { type AudioContextLike, WebAudioDevice, type WebAudioPlatform } from "./device/web-audio-device.ts";
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
import { importPart } from "./import-part.ts";
import type { FromAnalysisThread } from "./protocol/analysis-messages.ts";
import type { EngineAssets } from "./protocol/engine-types.ts";
import type { FromLoaderThread } from "./protocol/loader-messages.ts";
import type { Transferred } from "./protocol/message-port.ts";
import type { FromRecordingThread } from "./protocol/recording-messages.ts";
import type { TakeStore } from "./recording/take-file.ts";
import { browserTakes } from "./recording/take-files.browser.ts";
import { startWorker } from "./start-worker.browser.ts";

/** How long a busy page may postpone idle work. */
const IDLE_PATIENCE_MS = 500;

/** The browser as the engine sees it. Touches no global until a method is called. */
export function browserHost(assets: EngineAssets = {}): Host {
	return {
		get assets() {
			return locate(assets);
		},
		get processorCores() {
			return navigator.hardwareConcurrency;
		},
		threadRemedy: (asset) =>
			`Serve it from the page's own origin, or from another one with Access-Control-Allow-Origin, or set assets.${asset}. A ` +
			"Content-Security-Policy has to allow its origin in script-src and worker-src, and blob: if it is another one; a sandboxed frame " +
			"needs allow-same-origin.",
		checkPlatform,
		now: () => performance.now(),
		after,
		whenIdle,
		compile,
		spawnLoaderThread,
		spawnAnalysisThread,
		recording: { spawnThread: spawnRecordingThread, store: ownTakes, files: browserTakes },
		isBlob: (value): value is Blob => value instanceof Blob,
		resolveSource: (source) => ({ kind: "url", url: resolveUrl(source) }),
		cacheDirectory: () => "flitzis-looper",
		detach: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
		createChannel: () => new MessageChannel(),
		openDevice: async (options) => new WebAudioDevice(webAudio, options, after),
	};
}

function after(milliseconds: number, callback: () => void): () => void {
	const timer = setTimeout(callback, milliseconds);
	return () => clearTimeout(timer);
}

/** Safari has no idle callbacks. */
function whenIdle(callback: () => void): () => void {
	if (typeof requestIdleCallback !== "function") return after(0, callback);
	const request = requestIdleCallback(() => callback(), { timeout: IDLE_PATIENCE_MS });
	return () => cancelIdleCallback(request);
}

const webAudio: WebAudioPlatform = {
	createContext: (options): AudioContextLike => new AudioContext(options),
	createNode: (context, name, options) => {
		if (!(context instanceof BaseAudioContext))
			throw new TypeError("The audioContext is not of this window's Web Audio. Pass one that was made here.");
		return new AudioWorkletNode(context, name, options);
	},
	get discardsLateBlocks() {
		return isChromium();
	},
	get losesItsStart() {
		return isWebKitOnLinux();
	},
	get tellsOutputLatency() {
		return !isFirefox();
	},
	get letsStart() {
		// Older browsers have no such property.
		const { userActivation } = navigator as { userActivation?: { readonly isActive: boolean } };
		return userActivation?.isActive ?? false;
	},
};

/** Null before it is first asked for: the browser makes the list of brands anew at every access, and the clock is read many times per second. */
let isInChromium: boolean | null = null;

/** Takes of engines that render on the control thread; pages that play have no use for them. */
const ownTakes: TakeStore = {
	async create(path) {
		const { memoryTakes } = await importPart("memory-takes.js", () => import("./recording/memory-takes.ts"));
		return memoryTakes.create(path);
	},
};

/** Detected by brand, because no property of Web Audio says how an underrun affects the context's clock. */
function isChromium(): boolean {
	if (isInChromium === null) {
		const { userAgentData } = navigator as { userAgentData?: { brands: readonly { brand: string }[] } };
		isInChromium = userAgentData?.brands.some(({ brand }) => brand === "Chromium") ?? false;
	}
	return isInChromium;
}

/** Detected by name: the latency must not even be queried, because Firefox may then wait for its audio process for ever. */
function isFirefox(): boolean {
	return /\bFirefox\//.test(navigator.userAgent);
}

/**
 * Detected by name: GStreamer plays what WebKit renders there, and no property of Web Audio says what it discards. A headless
 * Chromium is called "HeadlessChrome".
 */
function isWebKitOnLinux(): boolean {
	const { userAgent } = navigator;
	return /\bAppleWebKit\//.test(userAgent) && /\bLinux\b/.test(userAgent) && !/Chrom(?:e|ium)\//.test(userAgent);
}

function locate(assets: EngineAssets): AssetLocations {
	const { decoders = {}, base } = assets;
	const place = (own: string | URL | undefined, file: string, beside: () => URL): string =>
		String(own ?? (base === undefined ? ownAddress(beside) : fileIn(base, file)));
	// The addresses are written out, because bundlers look for them.
	return {
		kernel: place(assets.kernel, "kernel.wasm", () => new URL("./kernel.wasm", import.meta.url)),
		kernelUnshared: place(
			assets.kernelUnshared,
			"kernel-unshared.wasm",
			() => new URL("./kernel-unshared.wasm", import.meta.url),
		),
		loaderKernel: place(assets.loaderKernel, "loader.wasm", () => new URL("./loader.wasm", import.meta.url)),
		loaderThread: place(assets.loaderThread, "loader-thread.js", () => new URL("./loader-thread.js", import.meta.url)),
		recordingThread: place(
			assets.recordingThread,
			"recording-thread.js",
			() => new URL("./recording-thread.js", import.meta.url),
		),
		analysisThread: place(
			assets.analysisThread,
			"analysis-thread.js",
			() => new URL("./analysis-thread.js", import.meta.url),
		),
		worklet: place(assets.worklet, "kernel-processor.js", () => new URL("./kernel-processor.js", import.meta.url)),
		// Threads would resolve a relative address against their own.
		decoderFiles: {
			lossless: resolveUrl(
				place(assets.losslessFormats, "lossless-formats.js", () => new URL("./lossless-formats.js", import.meta.url)),
			),
			compressed: resolveUrl(
				place(
					assets.compressedFormats,
					"compressed-formats.js",
					() => new URL("./compressed-formats.js", import.meta.url),
				),
			),
			mp3: resolveUrl(place(decoders.mp3, "decoder-mp3.js", () => new URL("./decoder-mp3.js", import.meta.url))),
			vorbis: resolveUrl(
				place(decoders.vorbis, "decoder-vorbis.js", () => new URL("./decoder-vorbis.js", import.meta.url)),
			),
			opus: resolveUrl(place(decoders.opus, "decoder-opus.js", () => new URL("./decoder-opus.js", import.meta.url))),
		},
	};
}

function fileIn(base: string | URL, file: string): URL {
	const folder = String(base);
	return new URL(file, new URL(folder.endsWith("/") ? folder : `${folder}/`, document.baseURI));
}

/** @throws LooperError `unsupported-platform` where the bundle does not know its own address. */
function ownAddress(beside: () => URL): URL {
	try {
		return beside();
	} catch (error) {
		const message =
			"The engine's files cannot be located, because this bundle has no import.meta.url. Bundle it as an ES module, or set assets.base.";
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}

/** Audio worklets, Web Locks and hashes are for secure contexts alone. */
function checkPlatform(): void {
	if (typeof AudioContext === "undefined" || typeof Worker === "undefined") throw withoutBrowser();
	if (isSecureContext) return;
	const message = `The engine cannot work on ${location.origin}, which is not a secure context. Serve the page over https: or from localhost.`;
	throw new LooperError("unsupported-platform", message);
}

/** Simulated pages have neither sound nor threads. */
function withoutBrowser(): LooperError {
	const message =
		"The engine cannot work here, because there is no AudioContext or no Worker, as in jsdom. Run the page in a browser, or use the " +
		'package\'s entry for Node with output: "offline".';
	return new LooperError("unsupported-platform", message);
}

/** An invalid URL fails the load, in the loader thread's fetch, not the call. */
function resolveUrl(source: string): string {
	try {
		return new URL(source, document.baseURI).href;
	} catch {
		return source;
	}
}

async function compile(location: string): Promise<WebAssembly.Module> {
	try {
		const response = await fetch(location);
		if (!response.ok) throw new Error(`the server answered ${response.status}`);
		// As servers of single-page applications answer for files that they do not have.
		if (response.headers.get("content-type")?.startsWith("text/html") === true)
			throw new Error("the server answered with a page, not with the file");
		return await WebAssembly.compile(await response.arrayBuffer());
	} catch (error) {
		const remedy = isRefusedByPolicy(error)
			? "The page's Content-Security-Policy lets no WebAssembly be compiled. Add 'wasm-unsafe-eval' to its script-src."
			: "Serve the engine's files there, or set assets.base to where they are.";
		const message = `${location} cannot be loaded (${String(error)}). ${remedy}`;
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}

/** Told by words, which all browsers have in common: the error is of the same class as that of a damaged module. */
function isRefusedByPolicy(error: unknown): boolean {
	return error instanceof Error && /content security policy|\bCSP\b|unsafe-eval/i.test(error.message);
}

function spawnLoaderThread(location: string, listener: LoaderThreadListener): LoaderThread {
	const lifeLock = `flitzis-looper-loader-${crypto.randomUUID()}`;
	const worker = startWorker(location, "flitzis-looper-loader", (reason) => listener.onCrash(reason));
	if (worker === null) return { lifeLock, post: () => {}, setBusy: () => {}, terminate: () => Promise.resolve() };
	worker.addEventListener("message", ({ data }: MessageEvent<FromLoaderThread>) => listener.onMessage(data));
	return {
		lifeLock,
		post: (message, transfer = []) => worker.postMessage(message, transferable(transfer)),
		setBusy: () => {},
		terminate: async () => {
			worker.terminate();
			// The browser may let the thread keep writing for seconds; its lock is free only once it has ended.
			// Where the page may not ask, its threads have refused every load and write nothing.
			await navigator.locks.request(lifeLock, () => {}).catch(() => {});
		},
	};
}

function spawnAnalysisThread(location: string, listener: ThreadListener<FromAnalysisThread>): AnalysisThread {
	const worker = startWorker(location, "flitzis-looper-analysis", (reason) => listener.onCrash(reason));
	worker?.addEventListener("message", ({ data }: MessageEvent<FromAnalysisThread>) => listener.onMessage(data));
	return {
		post: (message, transfer = []) => worker?.postMessage(message, transferable(transfer)),
		setBusy: () => {},
		terminate: async () => worker?.terminate(),
	};
}

function spawnRecordingThread(location: string, listener: ThreadListener<FromRecordingThread>): RecordingThread {
	const worker = startWorker(location, "flitzis-looper-recording", (reason) => listener.onCrash(reason));
	worker?.addEventListener("message", ({ data }: MessageEvent<FromRecordingThread>) => listener.onMessage(data));
	return {
		post: (message, transfer = []) => worker?.postMessage(message, transferable(transfer)),
		terminate: async () => worker?.terminate(),
	};
}

function transferable(transfer: readonly Transferred[]): Transferable[] {
	// What the engine transfers are ports and buffers of this very platform.
	const transferables: readonly unknown[] = transfer;
	return transferables as Transferable[];
}
