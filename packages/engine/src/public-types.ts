export { type LoaderErrorCode, LooperError, type LooperErrorCode, MalformedAudioError } from "./errors.ts";
export type * from "./protocol/engine-types.ts";
export type {
	LoaderErrorEvent,
	LoaderEvent,
	LoaderProgressEvent,
	LoaderStartedEvent,
	LoaderSuccessEvent,
} from "./protocol/loader-events.ts";
export { formatSession } from "./recording/format-session.ts";
export { parseSession } from "./recording/parse-session.ts";
export type { RenderSessionOptions } from "./recording/render-session.ts";
export type { ScheduledSession, ScheduleSessionOptions } from "./recording/schedule-session.ts";
export type {
	Session,
	SessionCommand,
	SessionEngine,
	SessionGain,
	SessionSample,
	SessionSlot,
	SessionStart,
	SessionVoice,
} from "./recording/session.ts";
export type { FindSource } from "./recording/session-engine.ts";
export type { StreamDescriptor, StreamGrant } from "./stream/stream-descriptor.ts";
