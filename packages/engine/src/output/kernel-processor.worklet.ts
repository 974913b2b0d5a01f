import type { MessageKernelStart } from "../protocol/threading-messages.ts";
import type { KernelStart } from "./audio-device.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { hostMessageKernel } from "./message-kernel.ts";
import { PROCESSOR_NAME } from "./processor-name.ts";

/** The audio thread's entry: it only calls the kernel. */
class KernelProcessor extends AudioWorkletProcessor {
	readonly #kernel: Pick<Kernel, "render">;

	constructor(options: { processorOptions: KernelStart | MessageKernelStart }) {
		super();
		const start = options.processorOptions;
		this.#kernel = "memory" in start ? startKernel(start) : hostMessageKernel(start, this.port);
	}

	process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
		// Read by index: taking an array apart makes an iterator until the code is compiled.
		const left = outputs[0]?.[0];
		const right = outputs[0]?.[1];
		return left === undefined || right === undefined || this.#kernel.render(left, right);
	}
}

registerProcessor(PROCESSOR_NAME, KernelProcessor);
