import { LooperError } from "../errors.ts";

/** Whether the load was cancelled; shared by the thread's message handler and the pipeline. */
export class Cancellation {
	#isCancelled = false;
	readonly #listeners: Set<() => void> = new Set();

	cancel(): void {
		this.#isCancelled = true;
		for (const listener of this.#listeners) listener();
	}

	/** Calls the listener on cancellation, immediately if it already happened. @returns a function that removes it. */
	onCancel(listener: () => void): () => void {
		if (this.#isCancelled) listener();
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** @throws LooperError `cancelled`. */
	check(): void {
		if (this.#isCancelled) throw new LooperError("cancelled", "The load was cancelled.");
	}
}
