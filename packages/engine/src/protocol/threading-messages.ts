/**
 * How the audio thread starts, and the messages of message threading, where it owns the engine memory and everything reaches it
 * over ports.
 *
 * Types only. Writers, readers, limits and what happens at the limit are in docs/message-passing.md.
 */
import type { PortLike } from "./message-port.ts";
import type { FromCapture, ToCapture } from "./recording-messages.ts";

/** Bytes of PCM in one message. */
export const PCM_CHUNK_BYTES = 65_536;
/** PCM chunks in flight, all loader threads together: 256 KiB, whose copies stay far below one block. */
export const PCM_CREDITS = 4;
/** The same while more than PCM_MANY_VOICES sound. */
export const PCM_CREDITS_UNDER_VOICES = 2;
export const PCM_MANY_VOICES = 8;
/** Bytes that the audio thread moves within its memory for one message. */
export const PCM_MOVE_BYTES = 65_536;

/** What the audio thread is started with where memory is shared. */
export interface KernelStart {
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
}

/** What the audio thread starts its own engine memory with. */
export interface MessageKernelStart {
	readonly module: WebAssembly.Module;
	/** Pages that the memory may grow to. */
	readonly maximumPages: number;
	/** The header, from HEADER on. */
	readonly header: Int32Array;
}

/** Control thread to audio thread; order is the port's. */
export type ToMessageKernel =
	/** Commands, as in the control ring. */
	| { readonly type: "commands"; readonly words: Int32Array }
	/** The header as it is now. */
	| { readonly type: "header"; readonly words: Int32Array }
	/** Words for a region of the heap, at most once per region. */
	| { readonly type: "write"; readonly address: number; readonly words: Int32Array<ArrayBuffer> }
	/** Asks for that many pages in all, or at least for those needed. */
	| { readonly type: "grow"; readonly pages: number; readonly neededPages: number }
	| { readonly type: "addLoader"; readonly loader: number; readonly port: PortLike<ToPcmReceiver, FromPcmReceiver> }
	| { readonly type: "dropLoader"; readonly loader: number }
	| {
			readonly type: "addProducer";
			readonly ring: number;
			readonly generation: number;
			readonly port: PortLike<FromProducer, ToProducer>;
	  }
	| { readonly type: "dropProducer"; readonly ring: number; readonly generation: number }
	/** Where captured frames go. */
	| { readonly type: "addRecorder"; readonly port: PortLike<ToCapture, FromCapture> }
	/** A buffer for the next snapshot, and how far the journal has been read. */
	| {
			readonly type: "snapshot";
			readonly words: Int32Array<ArrayBuffer>;
			readonly journalRead: number;
			readonly eventsRead: number;
	  }
	/** Asks for `flushed` when everything before has been taken. */
	| { readonly type: "flush" };

/** Audio thread to control thread. */
export type FromMessageKernel =
	| { readonly type: "started" }
	| { readonly type: "refused"; readonly reason: string }
	/** The audio thread's state, laid out by rings/snapshot.ts. */
	| { readonly type: "snapshot"; readonly words: Int32Array<ArrayBuffer> }
	/** The answer to `grow`: pages that the memory has now. */
	| { readonly type: "grown"; readonly pages: number }
	/** Nothing of that loader thread arrives any more. */
	| { readonly type: "loaderDropped"; readonly loader: number }
	/** Nothing of that producer arrives any more; its ring's final write position. */
	| { readonly type: "producerDropped"; readonly ring: number; readonly write: number }
	| { readonly type: "flushed" };

/** Loader thread to audio thread. A buffer in a message gives its credit back. */
export type ToPcmReceiver =
	/** So many chunks wait to be sent. */
	| { readonly type: "want"; readonly chunks: number }
	| { readonly type: "chunk"; readonly address: number; readonly bytes: number; readonly buffer: ArrayBuffer }
	/** Asks for PCM to be sent back. */
	| { readonly type: "read"; readonly address: number; readonly bytes: number }
	| { readonly type: "return"; readonly buffer: ArrayBuffer }
	/** At most PCM_MOVE_BYTES, answered by `done`. */
	| { readonly type: "move"; readonly from: number; readonly to: number; readonly bytes: number }
	/** Ends all wants; answered by `done`, when every chunk before has been written. */
	| { readonly type: "settle" };

/** Audio thread to loader thread. */
export type FromPcmReceiver =
	/** An empty chunk, to be filled and sent. */
	| { readonly type: "credit"; readonly buffer: ArrayBuffer }
	/** The answer to `read`. */
	| { readonly type: "piece"; readonly buffer: ArrayBuffer }
	| { readonly type: "done" };

/** A producer's thread to the audio thread. */
export type FromProducer = { readonly type: "commands"; readonly words: Int32Array } | { readonly type: "close" };

/** Audio thread to a producer's thread. */
export interface ToProducer {
	readonly read: number;
	readonly timedDone: number;
	/** One of the ENGINE constants. */
	readonly engineState: number;
	readonly isClosed: boolean;
}
