import type { LooperError } from "../errors.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadSource } from "../protocol/load-source.ts";

/** Called with the events of a load, in this order; `succeeded` or `failed` is the last. */
export interface LoadObserver<Result = SampleInfo> {
	readonly started: () => void;
	readonly progress: (percent: number, stage: string) => void;
	readonly succeeded: (result: Result) => void;
	readonly failed: (error: LooperError) => void;
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
	/** Lets go of what the control thread holds of the source; called when the load has ended. */
	readonly release?: (() => void) | undefined;
	readonly observer: LoadObserver;
}
