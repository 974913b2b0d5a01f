export { LooperError } from "./errors.ts";
export { AudioStreamHandle } from "./stream/audio-stream-handle.ts";
export type { StreamDescriptor } from "./stream/stream-descriptor.ts";
