import type { Host } from "../host.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import type { CommandWriter } from "../rings/command-writer.ts";
import type { Threading } from "../threading/threading.ts";
import type { RecordHere } from "./recording-connection.ts";

/** An input that is being recorded. */
export interface ConnectedInput {
	/** By how many frames its sound comes later than what a performer hears with it. */
	readonly delayFrames: number;
	disconnect(): void;
}

/** What a recorder works with. */
export interface RecorderTools {
	readonly host: Pick<Host, "assets" | "after" | "recording" | "threadRemedy">;
	readonly threading: Threading;
	readonly memory: EngineMemory;
	readonly samples: SampleMemory;
	readonly sampleRate: number;
	/** @throws LooperError `ring-full`. */
	readonly send: (write: (writer: CommandWriter) => boolean) => void;
	/** Whether the audio thread is suspended. */
	readonly isHeld: () => boolean;
	/** @throws LooperError `unsupported-platform` where there are no inputs; TypeError when it is none. */
	readonly connectInput: (stream: unknown) => ConnectedInput;
	/** Frames rendered. */
	readonly frame: () => number;
	/** Applies what waits for the next block; null where another thread renders. */
	readonly applyCommands: (() => void) | null;
	/** What records on this thread; null where another one renders. */
	readonly recordHere: RecordHere | null;
}
