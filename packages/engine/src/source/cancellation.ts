import { LooperError } from "../errors.ts";

/** Whether the load is still wanted; shared by the thread's message handler and the pipeline. */
export class Cancellation {
	#isCancelled = false;
	readonly #listeners: Set<() => void> = new Set();

	cancel(): void {
		this.#isCancelled = true;
		for (const listener of this.#listeners) listener();
	}

	/** Calls back when the load is cancelled, at once if it is already; the answer stops listening. */
	onCancel(listener: () => void): () => void {
		if (this.#isCancelled) listener();
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** @throws LooperError `cancelled`. */
	check(): void {
		if (this.#isCancelled) throw new LooperError("cancelled", "the load was cancelled");
	}
}
