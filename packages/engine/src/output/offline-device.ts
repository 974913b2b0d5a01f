import * as layout from "../protocol/shared-memory.ts";
import type { MessageKernelStart } from "../protocol/threading-messages.ts";
import type { AudioDevice, KernelStart } from "./audio-device.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import type { KernelConnection } from "./kernel-connection.ts";
import { MessageKernel } from "./message-kernel.ts";

/** Rounds within which every command is taken that the rings can hold. */
const MOST_ROUNDS = Math.ceil(layout.MAX_PENDING / layout.MAX_COMMANDS_PER_BLOCK);

/** No device: the caller pulls blocks, and the control thread runs the kernel. */
export class OfflineDevice implements AudioDevice {
	readonly sampleRate: number;
	readonly state = "running";
	readonly output = null;
	readonly outputLatencySec = 0;
	readonly underruns = 0;
	readonly clock = null;
	readonly losesItsStart = false;
	readonly #blockFrames: number;
	#kernel: Kernel | MessageKernel | null = null;

	constructor(sampleRate: number, blockFrames: number) {
		this.sampleRate = sampleRate;
		this.#blockFrames = blockFrames;
	}

	start(kernel: KernelStart): Promise<void> {
		this.#kernel = startKernel(kernel);
		return Promise.resolve();
	}

	/** The control thread is the audio thread here, so messages are calls. */
	startWithMessages(start: MessageKernelStart, link: KernelConnection): Promise<void> {
		const kernel = new MessageKernel(start, (message) => link.onMessage(message));
		this.#kernel = kernel;
		link.connect({ post: (message) => kernel.onMessage(message), close: () => kernel.close() });
		link.onMessage({ type: "started" });
		return Promise.resolve();
	}

	resume(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/**
	 * Applies the commands that wait, at the next frame: what they do is what the next block would have made them do, and nothing
	 * is rendered.
	 *
	 * @param afterRound - called after every MAX_COMMANDS_PER_BLOCK commands at most, before the journal can be full
	 */
	applyCommands(afterRound: () => void = () => {}): void {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const commands = this.#kernel?.applyCommands() ?? 0;
			afterRound();
			if (commands < layout.MAX_COMMANDS_PER_BLOCK) return;
		}
	}

	/** @param afterBlock - called after each block; @returns the next frames, left and right. */
	render(frames: number, afterBlock: () => void = () => {}): [Float32Array, Float32Array] {
		const left = new Float32Array(frames);
		const right = new Float32Array(frames);
		for (let frame = 0; frame < frames; frame += this.#blockFrames) {
			this.#renderBlock(
				left.subarray(frame, Math.min(frame + this.#blockFrames, frames)),
				right.subarray(frame, Math.min(frame + this.#blockFrames, frames)),
			);
			afterBlock();
		}
		return [left, right];
	}

	#renderBlock(left: Float32Array, right: Float32Array): void {
		if (this.#kernel instanceof MessageKernel) this.#kernel.takeProducers();
		this.#kernel?.render(left, right);
		// The caller sees each block's outcome at once, as in shared memory.
		if (this.#kernel instanceof MessageKernel) this.#kernel.takeSnapshot();
	}
}
