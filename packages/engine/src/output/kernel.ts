import { MAX_BLOCK_FRAMES, OUTPUT, OUTPUT_CHANNEL_BYTES } from "../protocol/shared-memory.ts";
import type { KernelStart } from "./audio-device.ts";

/** The kernel's exports, as its source has them. */
interface KernelExports {
	initialize(): void;
	renderBlock(frames: number): number;
	applyCommands(): number;
}

/** A running kernel: everything that the audio thread does. */
export class Kernel {
	readonly #exports: KernelExports;
	#left: Float32Array;
	#right: Float32Array;
	/** The same two, as long as the newest block, so that the usual block needs no new view. */
	#leftBlock: Float32Array;
	#rightBlock: Float32Array;

	constructor(exports: KernelExports, buffer: ArrayBuffer | SharedArrayBuffer) {
		this.#exports = exports;
		[this.#left, this.#right] = outputsOf(buffer);
		this.#leftBlock = this.#left;
		this.#rightBlock = this.#right;
	}

	/** Goes on with an unshared memory that has grown, which made the old buffer useless. */
	attach(buffer: ArrayBuffer | SharedArrayBuffer): void {
		[this.#left, this.#right] = outputsOf(buffer);
		this.#leftBlock = this.#left.subarray(0, this.#leftBlock.length);
		this.#rightBlock = this.#right.subarray(0, this.#rightBlock.length);
	}

	/**
	 * Renders one block into two channels of equal length, at most MAX_BLOCK_FRAMES.
	 *
	 * Thread: audio; offline the control thread. Does not allocate unless the block length changes.
	 * @returns false once the engine has been shut down.
	 */
	render(left: Float32Array, right: Float32Array): boolean {
		const frames = left.length;
		if (frames !== this.#leftBlock.length) {
			this.#leftBlock = this.#left.subarray(0, frames);
			this.#rightBlock = this.#right.subarray(0, frames);
		}
		const isAlive = this.#exports.renderBlock(frames) !== 0;
		left.set(this.#leftBlock);
		right.set(this.#rightBlock);
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

function outputsOf(buffer: ArrayBuffer | SharedArrayBuffer): [Float32Array, Float32Array] {
	return [
		new Float32Array(buffer, OUTPUT, MAX_BLOCK_FRAMES),
		new Float32Array(buffer, OUTPUT + OUTPUT_CHANNEL_BYTES, MAX_BLOCK_FRAMES),
	];
}

/** Starts the kernel on a memory whose header is complete. */
export function startKernel(start: KernelStart): Kernel {
	const instance = new WebAssembly.Instance(start.module, { env: { memory: start.memory } });
	// The module is built from this repository and its exports are checked by a test of the built file.
	const exports = instance.exports as unknown as KernelExports;
	exports.initialize();
	return new Kernel(exports, start.memory.buffer);
}
