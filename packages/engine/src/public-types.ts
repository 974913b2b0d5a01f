export { type LoaderErrorCode, LooperError, type LooperErrorCode, MalformedAudioError } from "./errors.ts";
export type * from "./protocol/engine-types.ts";
export type {
	LoaderErrorEvent,
	LoaderEvent,
	LoaderProgressEvent,
	LoaderStartedEvent,
	LoaderSuccessEvent,
} from "./protocol/loader-events.ts";
export type { StreamDescriptor, StreamGrant } from "./stream/stream-descriptor.ts";
