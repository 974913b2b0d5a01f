export { LooperError } from "./errors.ts";
export { AudioStreamHandle } from "./producers/audio-stream-handle.ts";
export type { StreamDescriptor } from "./protocol/stream-descriptor.ts";
