import type { KernelStart } from "./audio-device.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { PROCESSOR_NAME } from "./processor-name.ts";

/** The audio thread's entry: it only calls the kernel. */
class KernelProcessor extends AudioWorkletProcessor {
	readonly #kernel: Kernel;

	constructor(options: { processorOptions: KernelStart }) {
		super();
		this.#kernel = startKernel(options.processorOptions);
	}

	process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
		const [left, right] = outputs[0] ?? [];
		return left === undefined || right === undefined || this.#kernel.render(left, right);
	}
}

registerProcessor(PROCESSOR_NAME, KernelProcessor);
