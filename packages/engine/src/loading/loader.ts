import { LooperError } from "../errors.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import type { LoadRequest } from "./load-request.ts";
import type { LoaderPool } from "./loader-pool.ts";
import { PUBLISHING } from "./stages.ts";

/** Where complete samples go. */
export interface Publisher {
	/**
	 * Publishes a sample into its slot.
	 *
	 * @returns null when the control ring is full; nothing has changed then.
	 * @throws LooperError when it can never be published.
	 */
	publish(slot: number, sourceName: string, sample: LoadedSample): SampleInfo | null;
	/** Frees a sample that is not wanted any more. */
	discard(sample: LoadedSample): void;
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
 * The life of every load: at most one a slot, the newest wins, exactly one terminal event each.
 *
 * Thread: control, which alone decides how a request ends.
 */
export class Loader {
	readonly #pool: LoaderPool;
	readonly #publisher: Publisher;
	readonly #turns: Turns;
	readonly #live: Map<number, LoadRequest> = new Map();
	/** The highest progress reported for the slot's live request. */
	readonly #percent: Map<number, number> = new Map();

	constructor(pool: LoaderPool, publisher: Publisher, turns: Turns) {
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
			ready: (sample) => this.#commit(request, sample, this.#turns.now() + COMMIT_PATIENCE_MS),
			failed: (error) => this.#fail(request, error),
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

	#commit(request: LoadRequest, sample: LoadedSample, deadline: number): void {
		if (!this.#isLive(request)) {
			this.#publisher.discard(sample);
			return;
		}
		try {
			const info = this.#publisher.publish(request.slot, request.sourceName, sample);
			if (info !== null) this.#succeed(request, info);
			else if (this.#turns.now() < deadline) this.#turns.after(0, () => this.#commit(request, sample, deadline));
			else throw new LooperError("ring-full", "the audio thread took no commands for a second; is the device running?");
		} catch (error) {
			this.#publisher.discard(sample);
			this.#fail(request, asLooperError(error));
		}
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

function asLooperError(error: unknown): LooperError {
	if (error instanceof LooperError) return error;
	return new LooperError("worker-crashed", `the load failed in the engine: ${String(error)}`, { cause: error });
}
