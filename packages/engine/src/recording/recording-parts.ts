// What records. Imported for the first take: pages that play do not load it.
export { EngineRecording } from "./engine-recording.ts";
export { Recorder } from "./recorder.ts";
