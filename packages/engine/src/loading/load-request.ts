import type { LooperError } from "../errors.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadSource } from "../protocol/loader-messages.ts";

/** What receives a load's events: the event queue, or a promise. */
export interface LoadObserver {
	started(): void;
	progress(percent: number, stage: string): void;
	succeeded(info: SampleInfo): void;
	failed(error: LooperError): void;
}

/** One call of `loadSampleAsync` or `loadSample`. Control thread only. */
export interface LoadRequest {
	readonly slot: number;
	readonly requestId: number;
	/** The source as its caller named it. */
	readonly sourceName: string;
	readonly source: LoadSource;
	readonly isUrgent: boolean;
	readonly strict: boolean;
	readonly trimEncoderDelay: boolean;
	readonly observer: LoadObserver;
}
