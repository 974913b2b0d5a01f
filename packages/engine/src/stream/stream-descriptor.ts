/** What another thread needs to open a stream. Can be posted to any thread of the same origin. */
export interface StreamDescriptor {
	readonly memory: WebAssembly.Memory;
	/** 1..MAX_STREAMS: the stream's own ring. */
	readonly ring: number;
	/** The ring's owner; a newer one closes this stream. */
	readonly generation: number;
	readonly slots: number;
}

/** A stream as its engine hands it out. */
export interface StreamGrant {
	/** Post it to the thread that is to open the stream. */
	readonly descriptor: StreamDescriptor;
	/** Post it along as the transfer list. */
	readonly transfer: readonly ArrayBuffer[];
	/** Closes the stream from here, for a thread that is known to have ended without `close`. */
	readonly release: () => void;
}
