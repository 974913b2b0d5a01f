/**
 * Messages of recording: control thread and recording thread, and, in message threading, audio thread and recording thread.
 *
 * Types only. Writers, readers, limits and what happens at the limit are in docs/message-passing.md.
 */
import type { PortLike } from "./message-port.ts";

/** How a take's samples are written: 32-bit floats, which keep every bit, or 24-bit integers. */
export type TakeFormat = "f32" | "s24";

/** Where a take lies. */
export type TakePlace =
	| { readonly kind: "path"; readonly path: string }
	/** A file of the origin's private file system, in the folder of takes. */
	| { readonly kind: "private"; readonly name: string }
	| { readonly kind: "memory"; readonly parts: readonly Uint8Array<ArrayBuffer>[] };

/** A take that has ended. */
export interface RecordedTake {
	readonly startFrame: number;
	readonly frames: number;
	readonly lostFrames: number;
	readonly failure: string | null;
	readonly place: TakePlace;
}

/** Where captured frames come from: the memory that all threads share, or a port to the audio thread. */
export type CaptureOrigin = WebAssembly.Memory | PortLike<FromCapture, ToCapture>;

/** The file of a take. */
export interface TakeForm {
	/** Tells one take from every other; a capture has the name of its take. */
	readonly name: number;
	readonly format: TakeFormat;
	readonly sampleRate: number;
	/** Null for a place of the platform's choice. */
	readonly path: string | null;
}

/** Control thread to recording thread. */
export type ToRecordingThread =
	| { readonly type: "initialize"; readonly origin: CaptureOrigin }
	/** Opens the file of a take, which its capture then fills; answered by `opened` or `refused`, and at its end by `finished`. */
	| ({ readonly type: "begin"; readonly ringAddress: number } & TakeForm)
	/** The take ends before a frame that has passed: what has been captured from there on is cut off. */
	| { readonly type: "trim"; readonly name: number; readonly endFrame: number }
	/** Nothing more is captured: ends the take with what has been. */
	| { readonly type: "finish"; readonly name: number }
	/** Removes the file of a take whose capture never began. */
	| { readonly type: "abandon"; readonly name: number }
	/** Keeps the last frames of a capture in memory. */
	| { readonly type: "keep"; readonly name: number; readonly ringAddress: number; readonly frames: number }
	/** Writes the last of them into a file; answered by `finished` or `refused`. */
	| ({ readonly type: "save"; readonly frames: number } & TakeForm);

/** How far a take is. */
export interface TakeProgress {
	readonly startFrame: number;
	readonly frames: number;
	/** False once frames have been lost. */
	readonly isWhole: boolean;
}

/** Recording thread to control thread. */
export type FromRecordingThread =
	/** First. */
	| { readonly type: "initialized" }
	| { readonly type: "opened"; readonly name: number }
	/** The message is a whole one: what happened and what to do. */
	| { readonly type: "refused"; readonly name: number; readonly message: string }
	| ({ readonly type: "progress"; readonly name: number } & TakeProgress)
	| { readonly type: "finished"; readonly name: number; readonly take: RecordedTake }
	/** Frames were lost of what is kept: its capture has to begin again. */
	| { readonly type: "interrupted"; readonly name: number; readonly ringAddress: number };

/** Frames in one message. */
export const CAPTURE_BLOCK_FRAMES = 1024;
/** Buffers in flight from the audio thread to the recording thread, of all captures together. */
export const CAPTURE_BUFFERS = 32;

/** What is known of a capture together with its next frames. */
export interface CaptureState {
	/** One of the CAPTURE constants. */
	readonly number: number;
	readonly name: number;
	readonly startFrame: number;
	/** Frames lost behind those that were sent. */
	readonly lostFrames: number;
	/** True when no more frames come. */
	readonly isEnded: boolean;
}

/** Audio thread to recording thread: so many frames, in a buffer that has to be returned; null when there are none. */
export type FromCapture = CaptureState & { readonly frames: number; readonly buffer: ArrayBuffer | null };

/** Recording thread to audio thread. */
export type ToCapture =
	| { readonly type: "return"; readonly buffer: ArrayBuffer }
	/** Asks for all frames that there are, and for the capture's end behind them. */
	| { readonly type: "finish"; readonly number: number; readonly name: number };
