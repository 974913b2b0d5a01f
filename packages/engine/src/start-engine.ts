import { type CheckedOptions, DEFAULT_OFFLINE_SAMPLE_RATE } from "./check-arguments.ts";
import { closed } from "./errors.ts";
import type { Host } from "./host.ts";
import { canShareMemory, checkSharedMemory } from "./memory/engine-backing.ts";
import type { AudioDevice } from "./output/audio-device.ts";
import { OfflineDevice } from "./output/offline-device.ts";
import { RunningEngine } from "./running-engine.ts";

/** What an engine is started with. */
export interface EngineStart {
	readonly host: Host;
	readonly options: CheckedOptions;
	/** Whether the engine has been shut down meanwhile. */
	readonly isClosing: () => boolean;
}

/** What a start gives. */
export interface StartedEngine {
	readonly running: RunningEngine;
	/** The built `loader.wasm`. */
	readonly loaderModule: WebAssembly.Module;
}

/** @returns how the threads of an engine with that option exchange what they have. */
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
export async function startEngine({ host, options, isClosing }: EngineStart): Promise<StartedEngine> {
	const threading = chooseThreading(options.threading);
	if (threading === "shared") checkSharedMemory();
	const { kernel, kernelUnshared, loaderKernel } = host.assets;
	const device = await openDevice(host, options);
	try {
		// Before anything is waited for: a context of the engine's own does not run yet.
		const running = new RunningEngine(device, options, host, threading);
		const [module, loaderModule] = await Promise.all([
			host.compile(threading === "shared" ? kernel : kernelUnshared),
			host.compile(loaderKernel),
		]);
		await running.start(module, () => {
			if (!isClosing()) running.followDevice();
		});
		if (isClosing()) throw closed();
		return { running, loaderModule };
	} catch (error) {
		await device.close();
		throw error;
	}
}

function openDevice(host: Host, options: CheckedOptions): Promise<AudioDevice> {
	const { output, sampleRate, blockFrames, audioContext, latencyHint } = options;
	if (output === "offline") {
		return Promise.resolve(new OfflineDevice(sampleRate ?? DEFAULT_OFFLINE_SAMPLE_RATE, blockFrames));
	}
	return host.openDevice({ audioContext, sampleRate, latencyHint, worklet: host.assets.worklet });
}
