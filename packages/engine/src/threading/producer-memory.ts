/** What a producer of commands works on. */
export interface ProducerMemory {
	/** The engine memory up to SHARED_END, or the producer's own mirror of it. */
	readonly buffer: ArrayBuffer | SharedArrayBuffer;
	/** Brings the mirror up to date, where that is possible without returning to the event loop. */
	readonly refresh: () => void;
	/** Called after each command written. */
	readonly published: () => void;
	/** Lets the kernel apply what waits in the ring, where this thread runs it. */
	readonly makeRoom: () => void;
	/** Called when the producer closes its end. */
	readonly closed: () => void;
}
