import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { HostedEngine } from "../src/audio-engine.ts";
import type { AudioDevice, DeviceState } from "../src/device/audio-device.ts";
import { OfflineDevice } from "../src/device/offline-device.ts";
import { nodeHost } from "../src/host.node.ts";
import type { AudioEngineOptions } from "../src/protocol/engine-types.ts";
import type { KernelStart, MessageKernelStart } from "../src/protocol/threading-messages.ts";
import { SAMPLE_RATE } from "./engine-harness.ts";

const BLOCK_FRAMES = 128;

/** A device whose blocks a test asks for: to the engine it is a thread of its own. */
export class HandDrivenDevice implements AudioDevice {
	readonly sampleRate: number = SAMPLE_RATE;
	readonly output = null;
	readonly outputLatencySec = 0;
	readonly outputDevice = "";
	readonly hasCueOutput = false;
	readonly underruns = null;
	readonly pulled = null;
	readonly clock = null;
	readonly losesItsStart = false;
	readonly #kernel = new OfflineDevice(SAMPLE_RATE, BLOCK_FRAMES);
	/** Frames rendered so far. */
	frame = 0;
	#state: DeviceState = "running";
	#onStateChange: (state: DeviceState) => void = () => {};

	get state(): DeviceState {
		return this.#state;
	}

	set state(state: DeviceState) {
		this.#state = state;
		this.#onStateChange(state);
	}

	start(kernel: KernelStart, onStateChange: (state: DeviceState) => void): Promise<void> {
		this.#onStateChange = onStateChange;
		return this.#kernel.start(kernel);
	}

	startWithMessages(
		start: MessageKernelStart,
		onStateChange: (state: DeviceState) => void,
	): ReturnType<AudioDevice["startWithMessages"]> {
		this.#onStateChange = onStateChange;
		return this.#kernel.startWithMessages(start);
	}

	setOutputDevice(): never {
		throw new Error("There is only one device here.");
	}

	connectInput(): never {
		throw new Error("HandDrivenDevice has no input.");
	}

	suspend(): void {}

	resume(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/** @returns the next frames, interleaved. */
	render(frames: number): Float32Array {
		const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
		this.#kernel.render([left, right]);
		this.frame += frames;
		return Float32Array.from({ length: 2 * frames }, (_, index) => (index % 2 === 0 ? left : right)[index >> 1] ?? 0);
	}
}

/** A running engine on such a device, with the platform's own threads and time; shut down when the test ends. */
export async function handDrivenEngine(
	options: AudioEngineOptions = {},
): Promise<{ engine: HostedEngine; device: HandDrivenDevice }> {
	const host = nodeHost({
		base: fileURLToPath(new URL("../dist", import.meta.url)),
		...options.assets,
	});
	const device = new HandDrivenDevice();
	const engine = new HostedEngine({ ...host, openDevice: () => Promise.resolve(device) }, options);
	onTestFinished(async () => {
		device.state = "closed";
		await engine.shutDown();
	});
	await engine.run();
	return { engine, device };
}
