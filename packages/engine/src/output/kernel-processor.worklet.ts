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
		// Read by index: taking an array apart makes an iterator until the code is compiled.
		const left = outputs[0]?.[0];
		const right = outputs[0]?.[1];
		return left === undefined || right === undefined || this.#kernel.render(left, right);
	}
}

registerProcessor(PROCESSOR_NAME, KernelProcessor);
