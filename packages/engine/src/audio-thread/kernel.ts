import { INPUT, MAX_BLOCK_FRAMES, OUTPUT, OUTPUT_CHANNEL_BYTES } from "../protocol/shared-memory.ts";
import type { KernelStart } from "../protocol/threading-messages.ts";

/** The kernel's exports, as its source has them. */
interface KernelExports {
	initialize(): void;
	renderBlock(frames: number): number;
	applyCommands(): number;
}

/** A running kernel: everything that the audio thread does. */
export class Kernel {
	readonly #exports: KernelExports;
	#buffer: ArrayBuffer | SharedArrayBuffer;
	/** Left, right and those of the cue bus, as long as the newest block, so that the usual block needs no new view. */
	#channels: readonly Float32Array[] = [];
	#blockFrames = 0;
	#input: readonly Float32Array[];
	#hasInput = false;

	constructor(exports: KernelExports, buffer: ArrayBuffer | SharedArrayBuffer) {
		this.#exports = exports;
		this.#buffer = buffer;
		this.#input = inputOf(buffer);
	}

	/** Continues on an unshared memory that has grown, which detached the old buffer. */
	attach(buffer: ArrayBuffer | SharedArrayBuffer): void {
		this.#buffer = buffer;
		this.#channels = channelsOf(buffer, this.#blockFrames);
		this.#input = inputOf(buffer);
	}

	/**
	 * Takes what the device hears during the next block, at most MAX_BLOCK_FRAMES; undefined when nothing is connected.
	 *
	 * Thread: audio. Does not allocate.
	 */
	takeInput(left: Float32Array | undefined, right: Float32Array | undefined): void {
		const isConnected = left !== undefined;
		if (isConnected) {
			this.#input[0]?.set(left);
			this.#input[1]?.set(right ?? left);
		} else if (this.#hasInput) {
			this.#input[0]?.fill(0);
			this.#input[1]?.fill(0);
		}
		this.#hasInput = isConnected;
	}

	/**
	 * Renders one block into channels of equal length, at most MAX_BLOCK_FRAMES: left and right, and the cue bus's when there are four.
	 *
	 * Thread: audio; offline the control thread. Does not allocate unless the block length changes.
	 * @returns false once the engine has been shut down.
	 */
	render(outputs: readonly Float32Array[]): boolean {
		const frames = outputs[0]?.length ?? 0;
		if (frames !== this.#blockFrames) {
			this.#blockFrames = frames;
			this.#channels = channelsOf(this.#buffer, frames);
		}
		const isAlive = this.#exports.renderBlock(frames) !== 0;
		for (let index = 0; index < outputs.length; index++) {
			const channel = this.#channels[index];
			if (channel !== undefined) outputs[index]?.set(channel);
		}
		return isAlive;
	}

	/**
	 * Applies waiting commands at the next frame and renders nothing.
	 *
	 * Thread: control, offline. Does not allocate.
	 * @returns how many were read, at most MAX_COMMANDS_PER_BLOCK.
	 */
	applyCommands(): number {
		return this.#exports.applyCommands();
	}
}

function channelsOf(buffer: ArrayBuffer | SharedArrayBuffer, frames: number): readonly Float32Array[] {
	return [0, 1, 2, 3].map((index) => new Float32Array(buffer, OUTPUT + index * OUTPUT_CHANNEL_BYTES, frames));
}

function inputOf(buffer: ArrayBuffer | SharedArrayBuffer): readonly Float32Array[] {
	return [0, 1].map((index) => new Float32Array(buffer, INPUT + index * OUTPUT_CHANNEL_BYTES, MAX_BLOCK_FRAMES));
}

/** Starts the kernel on a memory whose header is complete. */
export function startKernel(start: KernelStart): Kernel {
	const instance = new WebAssembly.Instance(start.module, { env: { memory: start.memory } });
	// The module is built from this repository and its exports are checked by a test of the built file.
	const kernelExports = instance.exports as unknown as KernelExports;
	kernelExports.initialize();
	return new Kernel(kernelExports, start.memory.buffer);
}
