import type { EngineStats, RecordingControl, RecordingSource, Transport } from "flitzis-looper";

/** What recording needs of the engine; `AudioEngine` is one. */
export interface RecordingEngine {
	readonly recording: Pick<RecordingControl, "frames" | "start" | "stop" | "keepLast">;
	readonly transport: Pick<Transport, "beatOfFrame" | "frameOfBeat" | "beatsPerBar">;
	stats(): Pick<EngineStats, "frame" | "sampleRate" | "state">;
}

/** What is recorded: a take for the list, or the sound of a pad. */
type Recorded = "take" | { readonly pad: number };

/** What is being recorded, and how far that is. */
export interface RecordingState {
	readonly recorded: Recorded;
	readonly phase: "starting" | "running" | "ending";
}

/** How the sound of a pad is recorded. */
export interface PadRecording {
	readonly pad: number;
	readonly source: RecordingSource;
	/** So many bars of the running transport; "open" begins with a bar and ends with one; null begins and ends at once. */
	readonly bars: number | "open" | null;
}
