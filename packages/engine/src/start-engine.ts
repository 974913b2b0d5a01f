import type { Controls } from "./controls.ts";
import type { AudioDevice } from "./device/audio-device.ts";
import { closed } from "./errors.ts";
import type { EventListeners } from "./event-listeners.ts";
import type { Host } from "./host.ts";
import { importPart } from "./import-part.ts";
import type { LoaderPool } from "./loading/loader-pool.ts";
import type { PoolStart } from "./loading/pool-start.ts";
import { type CheckedOptions, DEFAULT_OFFLINE_SAMPLE_RATE } from "./options.ts";
import type { Metering } from "./playback/metering.ts";
import { OVERFLOW_DROP_NEWEST, OVERFLOW_REPLACE_OLDEST } from "./protocol/shared-memory.ts";
import type { RecordHere } from "./recording/recording-connection.ts";
import { RunningEngine } from "./running-engine.ts";
import { MessageThreading } from "./threading/message-threading.ts";
import { canShareMemory, checkSharedMemory } from "./threading/shared-backing.ts";
import { SharedThreading } from "./threading/shared-threading.ts";
import type { Threading } from "./threading/threading.ts";

/** What an engine is started with. */
export interface EngineStart {
	readonly host: Host;
	readonly options: CheckedOptions;
	/** Whether the engine has been shut down meanwhile. */
	readonly isClosing: () => boolean;
	/** Called with the device as soon as it is open. */
	readonly onOpen: (device: AudioDevice) => void;
	/** Called after the device has changed its state. */
	readonly onStateChange: () => void;
}

/** The result of a start. */
export interface StartedEngine {
	readonly running: RunningEngine;
	/** The built `loader.wasm`. */
	readonly loaderModule: WebAssembly.Module;
}

/** @returns the threading of an engine with that option. */
export function chooseThreading(wanted: CheckedOptions["threading"]): "shared" | "messages" {
	if (wanted !== "auto") return wanted;
	return canShareMemory() ? "shared" : "messages";
}

/**
 * Opens the output and starts the audio thread; releases the device when that fails.
 *
 * Thread: control. Creates the context before it first waits, so that a user's gesture counts.
 * @throws LooperError `unsupported-platform`, `out-of-memory` or `closed`.
 */
export async function startEngine(start: EngineStart): Promise<StartedEngine> {
	const { host, options, isClosing } = start;
	host.checkPlatform();
	const kind = chooseThreading(options.threading);
	if (kind === "shared") checkSharedMemory();
	const { device, recordHere } = await openDevice(host, options);
	try {
		start.onOpen(device);
		// Before the first await: a context of the engine's own does not run yet.
		const threading = createThreading(kind, host, options);
		const running = new RunningEngine({ device, recordHere }, threading, options, host);
		const [module, loaderModule] = await Promise.all([
			host.compile(host.assets[threading.kernelAsset]),
			host.compile(host.assets.loaderKernel),
			running.prepareToKeep(),
		]);
		await running.start(module, start.onStateChange);
		if (isClosing()) throw closed();
		return { running, loaderModule };
	} catch (error) {
		await device.close();
		throw error;
	}
}

function createThreading(kind: "shared" | "messages", host: Host, options: CheckedOptions): Threading {
	const { sampleSlots: slots, voices, voiceOverflow, memoryBudget } = options;
	const overflow = voiceOverflow === "drop-newest" ? OVERFLOW_DROP_NEWEST : OVERFLOW_REPLACE_OLDEST;
	const memory = { slots, voices, overflow, memoryBudget };
	return kind === "shared" ? new SharedThreading(memory) : new MessageThreading(memory, host);
}

async function openDevice(
	host: Host,
	options: CheckedOptions,
): Promise<{ readonly device: AudioDevice; readonly recordHere: RecordHere | null }> {
	const { output, sampleRate, blockFrames, audioContext, cueOutput, outputDevice, latencyHint } = options;
	if (output === "offline") {
		// Pages that play have no use for it.
		const { OfflineDevice, recordHere } = await importPart(
			"offline-parts.js",
			() => import("./device/offline-parts.ts"),
		);
		return { device: new OfflineDevice(sampleRate ?? DEFAULT_OFFLINE_SAMPLE_RATE, blockFrames), recordHere };
	}
	const { worklet } = host.assets;
	const device = await host.openDevice({ audioContext, cueOutput, outputDevice, sampleRate, latencyHint, worklet });
	return { device, recordHere: null };
}

/** Gives an engine that is about to sound what was set before, and somebody to tell. Thread: control. */
export function connectParts(
	running: RunningEngine,
	parts: { readonly controls: Controls; readonly metering: Metering; readonly listeners: EventListeners },
): void {
	const { controls, metering, listeners } = parts;
	controls.restore(running.writer);
	running.memory.setMetering(metering.isOn);
	running.performanceLog.listener = controls.parameterListener;
	running.onPadChanged = (event) => listeners.emit("pad", event);
	running.dropouts.onDropout = (dropout) => listeners.emit("dropout", dropout);
	running.keepLast();
}

/** Lets loader threads work for an engine that has just been started. Thread: control. */
export function openPool(
	pool: LoaderPool,
	started: StartedEngine & Pick<PoolStart, "cache" | "preloadDecoders">,
): void {
	const { running, loaderModule, cache, preloadDecoders } = started;
	pool.open({
		connectPcm: () => running.connectPcm(),
		sampleMemory: running.samples,
		loaderModule,
		engineSampleRate: running.device.sampleRate,
		cache,
		preloadDecoders,
	});
}
