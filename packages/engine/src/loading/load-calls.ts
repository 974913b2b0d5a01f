import type { Host } from "../host.ts";
import type { AwaitedLoadOptions, LoadOptions, SampleInfo } from "../protocol/engine-types.ts";
import type { SampleSource } from "../protocol/sample-source.ts";
import type { EventQueue } from "./event-queue.ts";
import type { LoadObserver, LoadRequest } from "./load-request.ts";
import { nameSource } from "./load-source.ts";
import type { Loader } from "./loader.ts";
import { abortable, awaitLoad, type LoadOrigin, observeWithEvents } from "./observers.ts";

/** Turns calls into numbered requests. All arguments but the source have been checked. Thread: control. */
export class LoadCalls {
	readonly #host: Host;
	readonly #loader: Loader;
	readonly #events: EventQueue;
	#requestCount = 0;

	constructor(host: Host, loader: Loader, events: EventQueue) {
		this.#host = host;
		this.#loader = loader;
		this.#events = events;
	}

	/**
	 * Loads with events.
	 *
	 * @param onLoaded - called behind the last of them, if the load succeeds
	 * @returns the request's number.
	 * @throws TypeError when the source is none.
	 */
	start(
		slot: number,
		source: SampleSource,
		options: LoadOptions,
		onLoaded: (origin: LoadOrigin) => void = () => {},
	): number {
		return this.#request(slot, source, options, (origin) => observeWithEvents(origin, this.#events, onLoaded));
	}

	/** Loads with a promise. @throws TypeError when the source is none. */
	await(slot: number, source: SampleSource, options: AwaitedLoadOptions): Promise<SampleInfo> {
		const { promise, observer } = awaitLoad(options.onProgress);
		this.#request(slot, source, options, () => observer);
		return promise;
	}

	#request(
		slot: number,
		source: SampleSource,
		options: LoadOptions,
		observe: (origin: LoadOrigin) => LoadObserver,
	): number {
		const { priority = "normal", signal, strict = false, transfer = false, trimEncoderDelay = true } = options;
		const named = nameSource(source, transfer, this.#host);
		const signals = [signal, named.signal].filter((watched) => watched !== undefined);
		this.#requestCount += 1;
		const requestId = this.#requestCount;
		const request: LoadRequest = {
			slot,
			requestId,
			sourceName: named.name,
			source: named.source,
			isUrgent: priority === "high",
			strict,
			trimEncoderDelay,
			release: named.release,
			observer: signals.reduce(
				(observer, watched) => abortable(observer, watched, () => this.#loader.cancelRequest(request)),
				observe({ id: slot, requestId, source: named.name }),
			),
		};
		this.#loader.start(request);
		if (signals.some(({ aborted }) => aborted)) this.#loader.cancelRequest(request);
		return requestId;
	}
}
