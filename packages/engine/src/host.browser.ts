import { LooperError } from "./errors.ts";
import type { AssetLocations, Host, LoaderThread, LoaderThreadListener } from "./host.ts";
import { type AudioContextLike, WebAudioDevice, type WebAudioPlatform } from "./output/web-audio-device.ts";
import type { EngineAssets } from "./protocol/engine-types.ts";
import type { FromLoaderThread } from "./protocol/loader-messages.ts";

/** How long a busy page may put off what is to be done in idle time. */
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
		now: () => performance.now(),
		after,
		whenIdle,
		compile,
		spawnLoaderThread,
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
	createNode: (context, name, processorOptions) => {
		if (!(context instanceof BaseAudioContext)) throw new TypeError("audioContext must be of this window's Web Audio");
		return new AudioWorkletNode(context, name, { numberOfInputs: 0, outputChannelCount: [2], processorOptions });
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
		// Older browsers do not tell.
		const { userActivation } = navigator as { userActivation?: { readonly isActive: boolean } };
		return userActivation?.isActive ?? false;
	},
};

/** Told by the brand, because no property of Web Audio tells what an underrun does to the context's clock. */
function isChromium(): boolean {
	const { userAgentData } = navigator as { userAgentData?: { brands: readonly { brand: string }[] } };
	return userAgentData?.brands.some(({ brand }) => brand === "Chromium") ?? false;
}

/** Told by its name: asking is what must not be tried, because Firefox may then wait for its audio process for ever. */
function isFirefox(): boolean {
	return /\bFirefox\//.test(navigator.userAgent);
}

/**
 * Told by its name: GStreamer plays what WebKit renders there, and no property of Web Audio tells what it throws away. A headless
 * Chromium is called "HeadlessChrome".
 */
function isWebKitOnLinux(): boolean {
	const { userAgent } = navigator;
	return /\bAppleWebKit\//.test(userAgent) && /\bLinux\b/.test(userAgent) && !/Chrom(?:e|ium)\//.test(userAgent);
}

function locate(assets: EngineAssets): AssetLocations {
	return {
		kernel: String(assets.kernel ?? new URL("./kernel.wasm", import.meta.url)),
		kernelUnshared: String(assets.kernelUnshared ?? new URL("./kernel-unshared.wasm", import.meta.url)),
		loaderKernel: String(assets.loaderKernel ?? new URL("./loader.wasm", import.meta.url)),
		loaderThread: String(assets.loaderThread ?? new URL("./loader-thread.js", import.meta.url)),
		worklet: String(assets.worklet ?? new URL("./kernel-processor.js", import.meta.url)),
	};
}

/** An invalid URL is the load's failure, told by the loader thread's fetch, not the call's. */
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
		return await WebAssembly.compile(await response.arrayBuffer());
	} catch (error) {
		const message = `${location} cannot be loaded (${String(error)}); serve it beside the page or set assets`;
		throw new LooperError("unsupported-platform", message, { cause: error });
	}
}

function spawnLoaderThread(location: string, listener: LoaderThreadListener): LoaderThread {
	const lifeLock = `flitzis-looper-loader-${crypto.randomUUID()}`;
	let worker: Worker;
	try {
		worker = new Worker(location, { type: "module", name: "flitzis-looper-loader" });
	} catch (error) {
		setTimeout(() => listener.onCrash(String(error)));
		return { lifeLock, post: () => {}, terminate: () => Promise.resolve() };
	}
	worker.addEventListener("message", ({ data }: MessageEvent<FromLoaderThread>) => listener.onMessage(data));
	worker.addEventListener("error", (event) => {
		event.preventDefault();
		listener.onCrash(event.message || `${location} cannot be loaded`);
	});
	worker.addEventListener("messageerror", () => listener.onCrash("a message could not be read"));
	return {
		lifeLock,
		post: (message, transfer = []) => worker.postMessage(message, [...transfer] as unknown as Transferable[]),
		terminate: async () => {
			worker.terminate();
			// The browser may let the thread write on for seconds; the lock it held is free only when it has ended.
			await navigator.locks.request(lifeLock, () => {});
		},
	};
}
