import { LooperError } from "../errors.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import { Decodings } from "./decodings.ts";
import type { LoadRequest } from "./load-request.ts";
import type { LoaderPool } from "./loader-pool.ts";
import { PUBLISHING } from "./stages.ts";

/** Where complete samples go. */
export interface Publisher {
	/** Takes a fresh sample over, held once, and remembers its content. */
	adopt(sample: LoadedSample, contentKey: string): void;
	/** @returns the sample that lies in memory for that content, held once more; null when there is none. */
	share(contentKey: string): LoadedSample | null;
	/** Ends one hold. */
	letGo(sample: LoadedSample): void;
	/**
	 * Publishes a held sample into a slot.
	 *
	 * @returns null when the control ring is full; nothing has changed then.
	 * @throws LooperError when it can never be published.
	 */
	publish(slot: number, sourceName: string, sample: LoadedSample): SampleInfo | null;
}

/** The clock and the turns of the control thread. */
interface Turns {
	now(): number;
	after(milliseconds: number, callback: () => void): () => void;
}

const CANCELLED_BY_CALLER = "the load was cancelled";
/** How long a commit is tried again while the control ring is full. */
const COMMIT_PATIENCE_MS = 1000;

/**
 * The life of every load: at most one a slot, the newest wins, exactly one terminal event each. Content that lies in memory
 * already, or is being decoded by another load, is not decoded again.
 *
 * Thread: control, which alone decides how a request ends.
 */
export class Loader {
	readonly #pool: LoaderPool;
	readonly #publisher: () => Publisher | null;
	readonly #turns: Turns;
	readonly #live: Map<number, LoadRequest> = new Map();
	/** The highest progress reported for the slot's live request. */
	readonly #percent: Map<number, number> = new Map();
	readonly #decodings: Decodings = new Decodings();

	/** @param publisher - null once the engine has been shut down */
	constructor(pool: LoaderPool, publisher: () => Publisher | null, turns: Turns) {
		this.#pool = pool;
		this.#publisher = publisher;
		this.#turns = turns;
	}

	/** Queues a request; the slot's live one ends in `cancelled` first. */
	start(request: LoadRequest): void {
		this.cancel(request.slot, `the load was replaced by a newer one for slot ${request.slot}`);
		this.#live.set(request.slot, request);
		this.#percent.set(request.slot, 0);
		this.#pool.enqueue(request, {
			started: () => {
				if (this.#isLive(request)) request.observer.started();
			},
			progress: (percent, stage) => this.#reportProgress(request, percent, stage),
			identified: (contentHash, answer) => this.#identify(request, contentKey(request, contentHash), answer),
			ready: (sample) => this.#adopt(request, sample),
			skipped: () => {},
			failed: (error) => {
				this.#fail(request, error);
				this.#decodings.end(request.requestId);
			},
		});
	}

	/** Ends the slot's live request, if there is one. */
	cancel(slot: number, reason: string = CANCELLED_BY_CALLER): void {
		const request = this.#live.get(slot);
		if (request !== undefined) this.cancelRequest(request, reason);
	}

	/** Ends the request if it is still live. */
	cancelRequest(request: LoadRequest, reason: string = CANCELLED_BY_CALLER): void {
		if (!this.#isLive(request)) return;
		this.#pool.cancel(request.requestId);
		this.#fail(request, new LooperError("cancelled", reason));
	}

	/** Ends every live request and every loader thread. */
	async shutDown(): Promise<void> {
		for (const slot of this.#live.keys()) this.cancel(slot, "the engine was shut down during the load");
		await this.#pool.shutDown();
	}

	#isLive(request: LoadRequest): boolean {
		return this.#live.get(request.slot) === request;
	}

	#reportProgress(request: LoadRequest, percent: number, stage: string): void {
		if (!this.#isLive(request)) return;
		// 1 is said once, by the commit.
		const rising = Math.min(Math.max(percent, this.#percent.get(request.slot) ?? 0), 0.999);
		this.#percent.set(request.slot, rising);
		request.observer.progress(rising, stage);
	}

	/** Decides who decodes a content: nobody when it is there, one load when several want it. */
	#identify(request: LoadRequest, key: string, answer: (isNew: boolean) => void): void {
		const publisher = this.#publisher();
		if (!this.#isLive(request) || publisher === null) {
			answer(false);
			return;
		}
		const shared = publisher.share(key);
		if (shared !== null) {
			answer(false);
			this.#commit(request, shared, this.#turns.now() + COMMIT_PATIENCE_MS);
			return;
		}
		const isFirst = this.#decodings.begin(key, request.requestId, () => this.#identify(request, key, answer));
		if (isFirst) answer(true);
	}

	#adopt(request: LoadRequest, sample: LoadedSample): void {
		const publisher = this.#publisher();
		if (publisher === null) return;
		publisher.adopt(sample, this.#decodings.keyOf(request.requestId) ?? `request ${request.requestId}`);
		// Those who wait for the content share it before this load lets it go, even if it is not wanted here any more.
		this.#decodings.end(request.requestId);
		this.#commit(request, sample, this.#turns.now() + COMMIT_PATIENCE_MS);
	}

	#commit(request: LoadRequest, sample: LoadedSample, deadline: number): void {
		const publisher = this.#publisher();
		if (publisher === null) return;
		if (!this.#isLive(request)) {
			publisher.letGo(sample);
			return;
		}
		try {
			const info = publisher.publish(request.slot, request.sourceName, sample);
			if (info === null && this.#turns.now() < deadline) {
				this.#turns.after(0, () => this.#commit(request, sample, deadline));
				return;
			}
			if (info === null) {
				throw new LooperError("ring-full", "the audio thread took no commands for a second; is the device running?");
			}
			this.#succeed(request, info);
		} catch (error) {
			this.#fail(request, asLooperError(error));
		}
		publisher.letGo(sample);
	}

	#succeed(request: LoadRequest, info: SampleInfo): void {
		this.#end(request);
		request.observer.progress(1, PUBLISHING);
		request.observer.succeeded(info);
	}

	#fail(request: LoadRequest, error: LooperError): void {
		if (!this.#isLive(request)) return;
		this.#end(request);
		request.observer.failed(error);
	}

	#end(request: LoadRequest): void {
		this.#live.delete(request.slot);
		this.#percent.delete(request.slot);
	}
}

/** Names what decoding gives: the content, and the options that change its frames or whether damage is let through. */
function contentKey({ trimEncoderDelay, strict }: LoadRequest, contentHash: string): string {
	return `${contentHash}${trimEncoderDelay ? "" : ", untrimmed"}${strict ? ", strict" : ""}`;
}

function asLooperError(error: unknown): LooperError {
	if (error instanceof LooperError) return error;
	return new LooperError("worker-crashed", `the load failed in the engine: ${String(error)}`, { cause: error });
}
