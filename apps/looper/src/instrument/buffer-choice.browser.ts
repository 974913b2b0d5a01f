/** How much sound is rendered ahead: a small buffer responds faster, a larger one drops out less often. */
export type BufferChoice = "small" | "large" | "largest";

const storageKey = "flitzis-looper.buffer";

/** Latency hints. In seconds, because in browsers "balanced" is no larger than "interactive". */
const hints: Readonly<Record<BufferChoice, "interactive" | number>> = {
	small: "interactive",
	large: 0.05,
	largest: 0.15,
};

/** The stored choice; small by default. */
export function chosenBuffer(): BufferChoice {
	try {
		const stored = localStorage.getItem(storageKey);
		return stored === "large" || stored === "largest" ? stored : "small";
	} catch {
		return "small";
	}
}

/** What the engine is asked for with the stored choice. */
export function chosenLatencyHint(): "interactive" | number {
	return hints[chosenBuffer()];
}

/** Stores the choice for the next start. */
export function chooseBuffer(choice: BufferChoice): void {
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// Without storage every start uses the small buffer.
	}
}
