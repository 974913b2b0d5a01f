import { type Kernel, startKernel } from "../audio-thread/kernel.ts";
import { MessageKernel } from "../audio-thread/message-kernel.ts";
import { withoutDevice, withoutInput } from "../errors.ts";
import type { PortLike } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type {
	FromMessageKernel,
	KernelStart,
	MessageKernelStart,
	ToMessageKernel,
} from "../protocol/threading-messages.ts";
import type { AudioDevice, PulledOutput } from "./audio-device.ts";

/** Rounds that suffice for every command that the rings can hold. */
const MOST_ROUNDS = Math.ceil(layout.MAX_PENDING / layout.MAX_COMMANDS_PER_BLOCK);

/** No device: the caller pulls blocks, and the control thread runs the kernel. */
export class OfflineDevice implements AudioDevice, PulledOutput {
	readonly sampleRate: number;
	readonly state = "running";
	readonly output = null;
	readonly outputLatencySec = 0;
	readonly outputDevice = "";
	readonly hasCueOutput = false;
	readonly underruns = 0;
	readonly clock = null;
	readonly losesItsStart = false;
	readonly pulled: PulledOutput = this;
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
	startWithMessages(start: MessageKernelStart): Promise<PortLike<FromMessageKernel, ToMessageKernel>> {
		let tell: (event: { readonly data: FromMessageKernel }) => void = () => {};
		const kernel = new MessageKernel(start, (message) => tell({ data: message }));
		this.#kernel = kernel;
		return Promise.resolve({
			postMessage: (message) => kernel.onMessage(message),
			addEventListener: (_type, listener) => {
				tell = listener;
			},
			start: () => tell({ data: { type: "started" } }),
			close: () => kernel.close(),
		});
	}

	connectInput(): never {
		throw withoutInput();
	}

	setOutputDevice(): Promise<never> {
		return Promise.reject(withoutDevice());
	}

	suspend(): void {}

	resume(): Promise<void> {
		return Promise.resolve();
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/** As `PulledOutput.applyCommands`. */
	applyCommands(afterRound: () => void = () => {}): void {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const commands = this.#kernel?.applyCommands() ?? 0;
			afterRound();
			if (commands < layout.MAX_COMMANDS_PER_BLOCK) return;
		}
	}

	/** As `PulledOutput.render`. */
	render(channels: readonly Float32Array[], afterBlock: () => void = () => {}): void {
		const frames = channels[0]?.length ?? 0;
		for (let frame = 0; frame < frames; frame += this.#blockFrames) {
			this.#renderBlock(channels.map((channel) => channel.subarray(frame, frame + this.#blockFrames)));
			afterBlock();
		}
	}

	#renderBlock(outputs: readonly Float32Array[]): void {
		if (this.#kernel instanceof MessageKernel) this.#kernel.takeProducers();
		this.#kernel?.render(outputs);
		// The caller sees each block's results at once, as with shared memory.
		if (this.#kernel instanceof MessageKernel) this.#kernel.takeSnapshot();
	}
}
