import type { LoaderEvent } from "../protocol/loader-events.ts";

/** Finished requests whose events are kept for a client that never polls. */
const MAX_FINISHED_REQUESTS = 4096;

/**
 * Loader events that wait to be polled, in the order in which they happened.
 *
 * Progress that nobody has polled yet is replaced by the latest of its request; `started` and terminal events never are.
 * Listeners get every event, and whether they do changes nothing for those who poll. Thread: control.
 */
export class EventQueue {
	readonly #events: Set<LoaderEvent> = new Set();
	/** The events above, by request. */
	readonly #waiting: Map<number, Set<LoaderEvent>> = new Map();
	/** Requests whose terminal event waits, the oldest first, and whether a listener has it. */
	readonly #finished: Map<number, boolean> = new Map();
	readonly #emit: (event: LoaderEvent) => boolean;
	#lostEvents = 0;

	/** @param emit - hands an event to the listeners; @returns whether there are any */
	constructor(emit: (event: LoaderEvent) => boolean = () => false) {
		this.#emit = emit;
	}

	/** Terminal events that were evicted because nobody polled them, and that no listener had. */
	get lostEvents(): number {
		return this.#lostEvents;
	}

	push(event: LoaderEvent): void {
		if (event.type === "progress") this.#dropProgress(event.requestId);
		const waiting = this.#waiting.get(event.requestId) ?? new Set();
		this.#waiting.set(event.requestId, waiting.add(event));
		this.#events.add(event);
		const isHeard = this.#emit(event);
		if (isTerminal(event)) this.#finished.set(event.requestId, isHeard);
		if (this.#finished.size > MAX_FINISHED_REQUESTS) this.#loseOldest();
	}

	/** @returns the oldest event, null when there is none. */
	poll(): LoaderEvent | null {
		for (const event of this.#events) {
			this.#forget(event);
			return event;
		}
		return null;
	}

	#dropProgress(requestId: number): void {
		for (const event of this.#waiting.get(requestId) ?? []) if (event.type === "progress") this.#forget(event);
	}

	#forget(event: LoaderEvent): void {
		this.#events.delete(event);
		const waiting = this.#waiting.get(event.requestId);
		waiting?.delete(event);
		if (waiting?.size === 0) this.#waiting.delete(event.requestId);
		if (isTerminal(event)) this.#finished.delete(event.requestId);
	}

	#loseOldest(): void {
		for (const [requestId, isHeard] of this.#finished) {
			for (const event of this.#waiting.get(requestId) ?? []) this.#forget(event);
			if (!isHeard) this.#lostEvents += 1;
			return;
		}
	}
}

function isTerminal(event: LoaderEvent): boolean {
	return event.type !== "started" && event.type !== "progress";
}
