import type { Host } from "../host.ts";
import { EngineMemory, type EngineMemoryOptions, pagesFor } from "../memory/engine-memory.ts";
import { directChannel, listen, send } from "../protocol/message-port.ts";
import type { FromCapture, ToCapture } from "../protocol/recording-messages.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { StreamDescriptor } from "../protocol/stream-descriptor.ts";
import type { FromPcmReceiver, FromProducer, ToPcmReceiver, ToProducer } from "../protocol/threading-messages.ts";
import { CommandSender } from "../rings/command-sender.ts";
import { ringWord } from "../rings/ring-place.ts";
import { KernelConnection } from "./kernel-connection.ts";
import { MirroredBacking } from "./mirrored-backing.ts";
import { settledWithin } from "./settled-within.ts";
import type { CaptureConnection, PcmConnection, ProducerConnection, StartableDevice, Threading } from "./threading.ts";

const START_PATIENCE_MS = 5000;
const FLUSH_PATIENCE_MS = 500;

/** The audio thread owns the engine memory; everything reaches it over message ports. Thread: control. */
export class MessageThreading implements Threading {
	readonly kernelAsset = "kernelUnshared";
	readonly memory: EngineMemory;
	readonly #host: Pick<Host, "after" | "createChannel">;
	readonly #connection: KernelConnection;
	readonly #commands: CommandSender;

	constructor(options: EngineMemoryOptions, host: Pick<Host, "after" | "createChannel">) {
		this.#host = host;
		const mirror = new Int32Array(layout.SHARED_END / 4);
		this.#connection = new KernelConnection(mirror);
		const backing = new MirroredBacking(pagesFor(options.memoryBudget), mirror.buffer, this.#connection);
		this.memory = new EngineMemory(options, backing);
		this.#commands = new CommandSender(mirror, 0);
	}

	async start(device: StartableDevice, module: WebAssembly.Module, onStateChange: () => void): Promise<void> {
		const header = this.memory.words.slice(layout.HEADER / 4, (layout.HEADER + layout.HEADER_BYTES) / 4);
		const maximumPages = this.memory.limit / layout.WASM_PAGE_BYTES;
		const port = await device.startWithMessages({ module, maximumPages, header }, onStateChange);
		listen(port, (message) => this.#connection.onMessage(message));
		this.#connection.connect({
			post: (message, transfer) => send(port, message, transfer),
			close: () => port.close(),
		});
		await settledWithin(this.#connection.started, START_PATIENCE_MS, this.#host.after);
	}

	commandWritten(): void {
		this.#connection.post({ type: "commands", words: this.#commands.take() });
	}

	delivered(): Promise<void> {
		return settledWithin(this.#connection.flush(), FLUSH_PATIENCE_MS, this.#host.after);
	}

	connectLoader(): PcmConnection {
		const { port1, port2 } = this.#host.createChannel<FromPcmReceiver, ToPcmReceiver>();
		return { pcm: port1, transfer: [port1], drop: this.#connection.addLoader(port2) };
	}

	connectProducer(identity: StreamDescriptor): ProducerConnection {
		const { ring, generation } = identity;
		const { port1, port2 } = this.#host.createChannel<ToProducer, FromProducer>();
		const drop = this.#connection.addProducer(ring, generation, port2);
		const { words } = this.memory;
		const descriptor = {
			...identity,
			port: port1,
			position: words[ringWord(ring, layout.RING_WRITE)] ?? 0,
			timedSent: words[ringWord(ring, layout.RING_TIMED_SENT)] ?? 0,
			timedDone: words[ringWord(ring, layout.RING_TIMED_DONE)] ?? 0,
			engineState: words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] ?? 0,
		};
		return { descriptor, transfer: [port1], close: (onEnded) => void drop().then(onEnded) };
	}

	connectRecorder(isDirect: boolean): CaptureConnection {
		const create = isDirect ? directChannel : this.#host.createChannel;
		const { port1, port2 } = create<FromCapture, ToCapture>();
		this.#connection.post({ type: "addRecorder", port: port2 }, isDirect ? [] : [port2]);
		return { origin: port1, transfer: [port1] };
	}

	close(): void {
		this.#connection.close();
	}
}
