import type { Recorder } from "./recorder.ts";
import type { Takes } from "./takes.ts";

/** What records, and what is kept. */
export interface Recording {
	readonly recorder: Recorder;
	readonly takes: Takes;
	/** The engine's output, whose context an input is metered in. */
	readonly output: unknown;
}
