import { PROCESSOR_NAME } from "../protocol/processor-name.ts";
import type { KernelStart, MessageKernelStart } from "../protocol/threading-messages.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { hostMessageKernel } from "./message-kernel.ts";

/** The audio thread's entry: it only calls the kernel. */
class KernelProcessor extends AudioWorkletProcessor {
	readonly #kernel: Pick<Kernel, "render" | "takeInput">;

	constructor(options: { processorOptions: KernelStart | MessageKernelStart }) {
		super();
		const start = options.processorOptions;
		this.#kernel = "memory" in start ? startKernel(start) : hostMessageKernel(start, this.port);
	}

	process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
		// Read by index: destructuring allocates an iterator until the code is compiled.
		this.#kernel.takeInput(inputs[0]?.[0], inputs[0]?.[1]);
		const channels = outputs[0];
		return channels === undefined || channels.length === 0 || this.#kernel.render(channels);
	}
}

registerProcessor(PROCESSOR_NAME, KernelProcessor);
