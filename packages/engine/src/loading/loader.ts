import { errorOfLoad, type LoaderErrorCode, LooperError } from "../errors.ts";
import type { ContentKeys } from "../memory/content-index.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import { isReadOnce, type LoadSource } from "../protocol/load-source.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import type { Scheduler } from "../scheduler.ts";
import { DecodesInFlight } from "./decodes-in-flight.ts";
import type { LoadRequest } from "./load-request.ts";
import type { LoaderPool } from "./loader-pool.ts";
import { PUBLISHING } from "./stages.ts";

/** Where complete samples go. */
export interface Publisher {
	/** Takes over a fresh sample, with one reference, and remembers its content. */
	retain(sample: LoadedSample, content: ContentKeys): void;
	/** @returns whether a content with that fingerprint lies in memory. */
	hasFingerprint(fingerprintKey: string): boolean;
	/** @returns the sample that lies in memory for that content, with one more reference; null when there is none. */
	share(contentKey: string): LoadedSample | null;
	/** Releases one reference. */
	release(sample: LoadedSample): void;
	/**
	 * Publishes a retained sample into a slot.
	 *
	 * @returns null when the control ring is full; nothing has changed then.
	 * @throws LooperError when it can never be published.
	 */
	publish(slot: number, sourceName: string, sample: LoadedSample): SampleInfo | null;
}

/** One load from its call to its end. */
interface LiveLoad {
	readonly request: LoadRequest;
	/** The highest progress reported. */
	percent: number;
	hasStarted: boolean;
	/** Where its bytes are read: they travel with the request and come back with `skipped`. */
	source: LoadSource;
	/** True when it has been read and cannot be read again. */
	isSpent: boolean;
	/** True while no thread has the request or its source. */
	isWithoutThread: boolean;
	/** True when the load it waited for has failed, so that it needs a thread again. */
	needsThread: boolean;
}

const CANCELLED_BY_CALLER = "The load was cancelled.";
/** Failures of the content itself: decoding it again would fail in the same way. */
const CONTENT_FAILURES: ReadonlySet<string> = new Set<LoaderErrorCode>([
	"malformed-audio",
	"unsupported-format",
	"unsupported-channels",
]);
/** How long a commit is retried while the control ring is full. */
const COMMIT_PATIENCE_MS = 1000;

/**
 * The life of every load: at most one per slot, the newest wins, exactly one terminal event each. Content that lies in memory
 * already, or is being decoded by another load, is not decoded again.
 *
 * Thread: control, which alone decides how a request ends.
 */
export class Loader {
	readonly #pool: LoaderPool;
	readonly #publisher: () => Publisher | null;
	readonly #scheduler: Pick<Scheduler, "now" | "after">;
	/** By slot. */
	readonly #live: Map<number, LiveLoad> = new Map();
	readonly #decodings: DecodesInFlight = new DecodesInFlight();

	/** @param publisher - null once the engine has been shut down */
	constructor(pool: LoaderPool, publisher: () => Publisher | null, scheduler: Pick<Scheduler, "now" | "after">) {
		this.#pool = pool;
		this.#publisher = publisher;
		this.#scheduler = scheduler;
	}

	/** Queues a request; the slot's live one ends in `cancelled` first. */
	start(request: LoadRequest): void {
		this.cancel(request.slot, `The load was replaced by a newer one for slot ${request.slot}.`);
		const load = { request, percent: 0, hasStarted: false, source: request.source };
		const live: LiveLoad = { ...load, isSpent: false, isWithoutThread: true, needsThread: false };
		this.#live.set(request.slot, live);
		this.#enqueue(live);
	}

	#enqueue(load: LiveLoad): void {
		const { requestId } = load.request;
		if (load.isSpent) {
			this.#fail(load, spent());
			this.#decodings.end(requestId);
			return;
		}
		load.isWithoutThread = false;
		load.needsThread = false;
		this.#pool.enqueue(
			{ ...load.request, source: load.source },
			{
				started: () => this.#reportStart(load),
				progress: (percent, stage) => this.#reportProgress(load, percent, stage),
				recognized: (fingerprint) => this.#recognize(load, variantKey(load.request, fingerprint)),
				identified: (contentHash, fingerprint) =>
					this.#identify(load, {
						key: variantKey(load.request, contentHash),
						fingerprintKey: fingerprint === null ? null : variantKey(load.request, fingerprint),
					}),
				succeeded: (sample) => this.#complete(load, sample),
				skipped: (source) => this.#leaveThread(load, source),
				failed: (error) => {
					this.#fail(load, error);
					this.#decodings.end(requestId, CONTENT_FAILURES.has(error.code) ? error : null);
				},
			},
		);
	}

	isLoading(slot: number): boolean {
		return this.#live.has(slot);
	}

	/** Ends the slot's live request, if there is one. */
	cancel(slot: number, reason: string = CANCELLED_BY_CALLER): void {
		const load = this.#live.get(slot);
		if (load !== undefined) this.cancelRequest(load.request, reason);
	}

	/** Ends the request if it is still live. @param reason - why; a message is that of a `cancelled` */
	cancelRequest(request: LoadRequest, reason: string | LooperError = CANCELLED_BY_CALLER): void {
		const load = this.#live.get(request.slot);
		if (load?.request.requestId !== request.requestId) return;
		const wasWaiting = this.#pool.cancel(request.requestId);
		this.#fail(load, typeof reason === "string" ? new LooperError("cancelled", reason) : reason);
		// No thread will report its end.
		if (wasWaiting) this.#decodings.end(request.requestId);
	}

	/** Ends every live request with the error: none of them can be loaded. */
	failAll(error: LooperError): void {
		for (const { request } of this.#live.values()) this.cancelRequest(request, error);
	}

	/** Ends every live request and every loader thread. */
	async shutDown(): Promise<void> {
		for (const slot of this.#live.keys()) this.cancel(slot, "The engine was shut down during the load.");
		await this.#pool.shutDown();
	}

	#isLive(load: LiveLoad): boolean {
		return this.#live.get(load.request.slot) === load;
	}

	#reportStart(load: LiveLoad): void {
		if (!this.#isLive(load) || load.hasStarted) return;
		load.hasStarted = true;
		load.request.observer.started();
	}

	#reportProgress(load: LiveLoad, percent: number, stage: string): void {
		if (!this.#isLive(load)) return;
		// Only the commit reports 1.
		load.percent = Math.min(Math.max(percent, load.percent), 0.999);
		load.request.observer.progress(load.percent, stage);
	}

	/** @returns true when no content with that fingerprint is in memory or being decoded: this load decodes it, unhashed. */
	#recognize(load: LiveLoad, fingerprintKey: string): boolean {
		const publisher = this.#publisher();
		if (!this.#isLive(load) || publisher === null || publisher.hasFingerprint(fingerprintKey)) return false;
		return this.#decodings.beginUnnamed(fingerprintKey, load.request.requestId);
	}

	/**
	 * Decides which load decodes a content: none if it is in memory, one if several want it.
	 *
	 * @returns whether the load is to decode it; otherwise its thread is free for others.
	 */
	#identify(load: LiveLoad, content: ContentKeys): boolean {
		const { requestId } = load.request;
		// A load that was sent back to decode a content must find the same one.
		if (this.#decodings.of(requestId)?.key === content.key) return this.#isLive(load);
		this.#decodings.end(requestId);
		return this.#obtain(load, content);
	}

	/** Shares a content or waits for it. @returns true when it is up to this load to decode it. */
	#obtain(load: LiveLoad, content: ContentKeys): boolean {
		const publisher = this.#publisher();
		if (!this.#isLive(load) || publisher === null) return false;
		const shared = publisher.share(content.key);
		if (shared !== null) {
			this.#commit(load, shared, this.#scheduler.now() + COMMIT_PATIENCE_MS);
			return false;
		}
		return this.#decodings.begin(content, load.request.requestId, (failure) => this.#retry(load, content, failure));
	}

	/** The load that decoded the content, or a similar one, has ended: it is in memory, undecodable, or left to this load. */
	#retry(load: LiveLoad, content: ContentKeys, failure: LooperError | null): void {
		if (failure !== null) this.#fail(load, failure);
		else if (this.#obtain(load, content)) {
			load.needsThread = true;
			if (load.isWithoutThread) this.#enqueue(load);
		}
	}

	/** Called when a thread is done with the load. */
	#leaveThread(load: LiveLoad, source: LoadSource | null): void {
		load.isSpent = source === null && isReadOnce(load.source);
		load.source = source ?? load.source;
		load.isWithoutThread = true;
		if (!this.#isLive(load)) this.#decodings.end(load.request.requestId);
		else if (load.needsThread) this.#enqueue(load);
	}

	#complete(load: LiveLoad, sample: LoadedSample): void {
		const { requestId } = load.request;
		const publisher = this.#publisher();
		if (publisher === null) return;
		const { key, fingerprintKey } = this.#decodings.of(requestId) ?? {
			key: `request ${requestId}`,
			fingerprintKey: null,
		};
		publisher.retain(sample, { key: key ?? variantKey(load.request, sample.identity.contentHash), fingerprintKey });
		// Loads that wait for the content share it before this one releases it, even if this one has been cancelled.
		this.#decodings.end(requestId);
		this.#commit(load, sample, this.#scheduler.now() + COMMIT_PATIENCE_MS);
	}

	#commit(load: LiveLoad, sample: LoadedSample, deadline: number): void {
		const publisher = this.#publisher();
		if (publisher === null) return;
		if (!this.#isLive(load)) {
			publisher.release(sample);
			return;
		}
		try {
			const { request } = load;
			const info = publisher.publish(request.slot, request.sourceName, sample);
			if (info === null && this.#scheduler.now() < deadline) {
				this.#scheduler.after(0, () => this.#commit(load, sample, deadline));
				return;
			}
			if (info === null) {
				throw new LooperError(
					"ring-full",
					"The audio thread took no commands for a second. Check that the device runs.",
				);
			}
			this.#succeed(load, info);
		} catch (error) {
			this.#fail(load, asLooperError(error));
		}
		publisher.release(sample);
	}

	#succeed(load: LiveLoad, info: SampleInfo): void {
		const { observer, release } = load.request;
		this.#live.delete(load.request.slot);
		release?.();
		observer.progress(1, PUBLISHING);
		observer.succeeded(info);
	}

	#fail(load: LiveLoad, error: LooperError): void {
		if (!this.#isLive(load)) return;
		this.#live.delete(load.request.slot);
		load.request.release?.();
		load.request.observer.failed(errorOfLoad(error, load.request.sourceName));
	}
}

/** Names the result of decoding: the content, and the options that change its frames or whether damage is accepted. */
function variantKey({ trimEncoderDelay, strict }: LoadRequest, name: string): string {
	return `${name}${trimEncoderDelay ? "" : ", untrimmed"}${strict ? ", strict" : ""}`;
}

/** The error of a load whose source went to a load of the same content, which has ended without a sample. */
function spent(): LooperError {
	const message =
		"The source cannot be read a second time, which the end of another load of its content calls for. Pass a new one.";
	return new LooperError("read-failed", message);
}

function asLooperError(error: unknown): LooperError {
	if (error instanceof LooperError) return error;
	return new LooperError("worker-crashed", `The load failed in the engine (${String(error)}). Report this file.`, {
		cause: error,
	});
}
