import type { PortLike } from "./message-port.ts";
import type { FromProducer, ToProducer } from "./threading-messages.ts";

/** What another thread needs to open a stream. Can be posted to any thread of the same origin, with its transfer list. */
export interface StreamDescriptor {
	/** 1..MAX_PRODUCERS: the stream's own ring. */
	readonly ring: number;
	/** The ring's owner; a newer one closes this stream. */
	readonly generation: number;
	readonly slots: number;
	readonly sampleRate: number;
}

/** A stream that shares memory with the audio thread. */
export interface SharedStreamDescriptor extends StreamDescriptor {
	readonly memory: WebAssembly.Memory;
}

/** A stream that reaches the audio thread over a port. */
export interface MessageStreamDescriptor extends StreamDescriptor {
	readonly port: PortLike<ToProducer, FromProducer>;
	/** Where the ring stands: commands written and read so far, and timed commands sent and done. */
	readonly position: number;
	readonly timedSent: number;
	readonly timedDone: number;
	/** One of the ENGINE constants. */
	readonly engineState: number;
}

/** The same, with the thread's way to the audio thread, which is no concern of callers. */
export type RoutedStreamDescriptor = SharedStreamDescriptor | MessageStreamDescriptor;

/** A stream as its engine hands it out. */
export interface StreamGrant {
	/** Post it to the thread that is to open the stream. */
	readonly descriptor: StreamDescriptor;
	/** Post it along as the transfer list. Opaque: it is of the type that every platform's `postMessage` takes. */
	readonly transfer: never[];
	/** Closes the stream from here, for a thread that is known to have ended without `close`. */
	readonly release: () => void;
}
