import { listen, listenNow, send } from "../protocol/message-port.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { MessageStreamDescriptor, StreamDescriptor } from "../protocol/stream-descriptor.ts";
import type { ToProducer } from "../protocol/threading-messages.ts";
import { CommandSender } from "../rings/command-sender.ts";
import { ringWord } from "../rings/ring-place.ts";
import { ownKernelBehind } from "./own-kernel.ts";
import type { ProducerMemory } from "./producer-memory.ts";

/** Whether the producer reaches the audio thread over a port. */
export function isMessageDescriptor(descriptor: StreamDescriptor): descriptor is MessageStreamDescriptor {
	const port: unknown = (descriptor as Partial<MessageStreamDescriptor> | null | undefined)?.port;
	return typeof port === "object" && port !== null && "postMessage" in port && "start" in port;
}

/**
 * A mirror of the parts of the engine memory that a producer needs: its own ring, the engine's state. The audio thread's
 * messages arrive in the event loop of the producer's thread. Thread: the producer's.
 */
export function mirrorProducer(descriptor: MessageStreamDescriptor): ProducerMemory {
	const { port, ring, generation, position, timedSent, timedDone, engineState } = descriptor;
	const words = new Int32Array(layout.PRODUCER_END / 4);
	words[ringWord(ring, layout.RING_WRITE)] = position;
	words[ringWord(ring, layout.RING_READ)] = position;
	words[ringWord(ring, layout.RING_TIMED_SENT)] = timedSent;
	words[ringWord(ring, layout.RING_TIMED_DONE)] = timedDone;
	words[ringWord(ring, layout.RING_GENERATION)] = generation;
	words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] = engineState;
	const sender = new CommandSender(words, ring);
	const take = (state: ToProducer): void => {
		words[ringWord(ring, layout.RING_READ)] = state.read;
		words[ringWord(ring, layout.RING_TIMED_DONE)] = state.timedDone;
		words[(layout.HEADER + layout.HEADER_ENGINE_STATE) / 4] = state.engineState;
		if (state.isClosed) words[ringWord(ring, layout.RING_GENERATION)] = (generation + 1) | 0;
		// Nothing follows. This side closes the port, not the other: Firefox loses what is posted right before a close.
		if (state.isClosed || state.engineState === layout.ENGINE_CLOSED) port.close();
	};
	listen(port, take);
	return {
		buffer: words.buffer,
		refresh: () => listenNow(port, take),
		makeRoom: () => {
			ownKernelBehind(descriptor)?.();
			listenNow(port, take);
		},
		published: () => send(port, { type: "commands", words: sender.take() }),
		// The audio thread closes the port when it receives this: a close from here could overtake it in Firefox.
		closed: () => send(port, { type: "close" }),
	};
}
