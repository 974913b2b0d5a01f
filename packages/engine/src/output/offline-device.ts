import type { AudioDevice, KernelStart } from "./audio-device.ts";
import { type Kernel, startKernel } from "./kernel.ts";

const NO_FRAMES = new Float32Array(0);

/** No device: the caller pulls blocks, and the control thread runs the kernel. */
export class OfflineDevice implements AudioDevice {
	readonly sampleRate: number;
	readonly state = "running";
	readonly output = null;
	readonly outputLatencySec = 0;
	readonly underruns = 0;
	readonly clock = null;
	readonly #blockFrames: number;
	#kernel: Kernel | null = null;

	constructor(sampleRate: number, blockFrames: number) {
		this.sampleRate = sampleRate;
		this.#blockFrames = blockFrames;
	}

	start(kernel: KernelStart): Promise<void> {
		this.#kernel = startKernel(kernel);
		return Promise.resolve();
	}

	resume(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/** Applies the records that wait, without a frame. */
	applyRecords(): void {
		this.#kernel?.render(NO_FRAMES, NO_FRAMES);
	}

	/** @param afterBlock - called after each block; @returns the next frames, left and right. */
	render(frames: number, afterBlock: () => void = () => {}): [Float32Array, Float32Array] {
		const left = new Float32Array(frames);
		const right = new Float32Array(frames);
		for (let frame = 0; frame < frames; frame += this.#blockFrames) {
			this.#kernel?.render(
				left.subarray(frame, Math.min(frame + this.#blockFrames, frames)),
				right.subarray(frame, Math.min(frame + this.#blockFrames, frames)),
			);
			afterBlock();
		}
		return [left, right];
	}
}
