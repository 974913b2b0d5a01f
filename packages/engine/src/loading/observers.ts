import { isLoaderErrorCode, type LooperError } from "../errors.ts";
import type { AwaitedLoadOptions, SampleInfo } from "../protocol/engine-types.ts";
import type { LoaderEvent } from "../protocol/loader-events.ts";
import type { EventQueue } from "./event-queue.ts";
import type { LoadObserver } from "./load-request.ts";

/** What every event of one load carries. */
export type LoadOrigin = Pick<LoaderEvent, "id" | "requestId" | "source">;

/** Turns what happens to a load into events. @param onLoaded - called when it has succeeded */
export function observeWithEvents(
	origin: LoadOrigin,
	events: EventQueue,
	onLoaded: (origin: LoadOrigin) => void,
): LoadObserver {
	return {
		started: () => events.push({ ...origin, type: "started" }),
		progress: (percent, stage) => events.push({ ...origin, type: "progress", percent, stage }),
		succeeded: ({ durationSec, warnings }) => {
			events.push({ ...origin, type: "success", durationSec, warnings });
			onLoaded(origin);
		},
		failed: ({ code, message }) => {
			// A load only ends in a loader code; calls throw the engine's own codes.
			const loaderCode = isLoaderErrorCode(code) ? code : "worker-crashed";
			events.push({ ...origin, type: "error", msg: message, code: loaderCode });
		},
	};
}

/** Turns what happens to a load into a promise. */
export function awaitLoad(onProgress: AwaitedLoadOptions["onProgress"]): {
	readonly promise: Promise<SampleInfo>;
	readonly observer: LoadObserver;
} {
	let succeeded: (info: SampleInfo) => void = () => {};
	let failed: (error: LooperError) => void = () => {};
	const promise = new Promise<SampleInfo>((resolve, reject) => {
		succeeded = resolve;
		failed = reject;
	});
	const progress = (percent: number, stage: string): void => {
		// An error of the caller's must not end the load; it surfaces as an unhandled rejection.
		void Promise.resolve().then(() => onProgress?.({ percent, stage }));
	};
	return { promise, observer: { started: () => {}, progress, succeeded, failed } };
}

/** Listens to a signal as long as the load is live. */
export function abortable(observer: LoadObserver, signal: AbortSignal, abort: () => void): LoadObserver {
	signal.addEventListener("abort", abort);
	return {
		...observer,
		succeeded: (info) => {
			signal.removeEventListener("abort", abort);
			observer.succeeded(info);
		},
		failed: (error) => {
			signal.removeEventListener("abort", abort);
			observer.failed(error);
		},
	};
}
