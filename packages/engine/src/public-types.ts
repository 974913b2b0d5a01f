export { type LoaderErrorCode, LooperError, type LooperErrorCode, MalformedAudioError } from "./errors.ts";
export { formatPerformance } from "./performance/format-performance.ts";
export { parsePerformance } from "./performance/parse-performance.ts";
export type {
	Performance,
	PerformanceCommand,
	PerformanceEngine,
	PerformanceSample,
	PerformanceSlot,
	PerformanceStart,
} from "./performance/performance.ts";
export type { PerformanceControl } from "./performance/performance-control.ts";
export type { FindSource } from "./performance/performance-player.ts";
export type { RenderPerformanceOptions } from "./performance/render-performance.ts";
export type { ScheduledPerformance, SchedulePerformanceOptions } from "./performance/schedule-performance.ts";
export type { StreamDescriptor, StreamGrant } from "./producers/stream-descriptor.ts";
export type * from "./protocol/engine-types.ts";
export type {
	LoaderErrorEvent,
	LoaderEvent,
	LoaderProgressEvent,
	LoaderStartedEvent,
	LoaderSuccessEvent,
} from "./protocol/loader-events.ts";
