import type { LoaderEvent, LoaderProgressEvent } from "../protocol/loader-events.ts";

/** Finished requests whose events are kept for a client that never polls. */
const MAX_FINISHED_REQUESTS = 4096;

/**
 * Loader events that wait to be polled, in the order in which they happened.
 *
 * Progress that nobody has polled yet is replaced by the latest of its request; `started` and terminal events never are.
 * Thread: control.
 */
export class EventQueue {
	readonly #events: Set<LoaderEvent> = new Set();
	readonly #unpolledProgress: Map<number, LoaderProgressEvent> = new Map();
	/** Terminal events not polled yet, by ascending age. */
	readonly #finished: Map<number, LoaderEvent> = new Map();
	#lostEvents = 0;

	/** Terminal events that had to go because nobody polled them. */
	get lostEvents(): number {
		return this.#lostEvents;
	}

	push(event: LoaderEvent): void {
		if (event.type === "progress") this.#replaceProgress(event);
		this.#events.add(event);
		if (event.type === "success" || event.type === "error") {
			this.#finished.set(event.requestId, event);
			this.#unpolledProgress.delete(event.requestId);
			if (this.#finished.size > MAX_FINISHED_REQUESTS) this.#loseOldest();
		}
	}

	/** @returns the oldest event, null when there is none. */
	poll(): LoaderEvent | null {
		for (const event of this.#events) {
			this.#forget(event);
			return event;
		}
		return null;
	}

	#replaceProgress(event: LoaderProgressEvent): void {
		const stale = this.#unpolledProgress.get(event.requestId);
		if (stale !== undefined) this.#events.delete(stale);
		this.#unpolledProgress.set(event.requestId, event);
	}

	#forget(event: LoaderEvent): void {
		this.#events.delete(event);
		if (event.type === "progress" && this.#unpolledProgress.get(event.requestId) === event) {
			this.#unpolledProgress.delete(event.requestId);
		}
		if (this.#finished.get(event.requestId) === event) this.#finished.delete(event.requestId);
	}

	#loseOldest(): void {
		for (const [requestId] of this.#finished) {
			for (const event of this.#events) if (event.requestId === requestId) this.#events.delete(event);
			this.#finished.delete(requestId);
			this.#lostEvents += 1;
			return;
		}
	}
}
