import { EngineMemory, type EngineMemoryOptions, pagesFor } from "../memory/engine-memory.ts";
import type { StreamDescriptor } from "../protocol/stream-descriptor.ts";
import { SharedBacking } from "./shared-backing.ts";
import type { CaptureConnection, PcmConnection, ProducerConnection, StartableDevice, Threading } from "./threading.ts";

/** All threads share the engine memory. Thread: control. */
export class SharedThreading implements Threading {
	readonly kernelAsset = "kernel";
	readonly memory: EngineMemory;
	/** The engine memory itself. */
	readonly sharedMemory: WebAssembly.Memory;

	/** @throws LooperError `unsupported-platform` without SharedArrayBuffer, `out-of-memory`. */
	constructor(options: EngineMemoryOptions) {
		const backing = new SharedBacking(pagesFor(options.memoryBudget));
		this.sharedMemory = backing.memory;
		this.memory = new EngineMemory(options, backing);
	}

	start(device: StartableDevice, module: WebAssembly.Module, onStateChange: () => void): Promise<void> {
		return device.start({ module, memory: this.sharedMemory }, onStateChange);
	}

	commandWritten(): void {}

	delivered(): Promise<void> {
		return Promise.resolve();
	}

	connectLoader(): PcmConnection {
		return { pcm: this.sharedMemory, transfer: [], drop: () => Promise.resolve() };
	}

	connectProducer(identity: StreamDescriptor): ProducerConnection {
		const descriptor = { ...identity, memory: this.sharedMemory };
		return { descriptor, transfer: [], close: (onEnded) => onEnded() };
	}

	connectRecorder(): CaptureConnection {
		return { origin: this.sharedMemory, transfer: [] };
	}

	close(): void {}
}
