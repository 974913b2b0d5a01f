/** How much sound is computed ahead: little answers fast, much seldom breaks off. */
export type BufferChoice = "small" | "large";

const storageKey = "flitzis-looper.buffer";

/** What the performer chose for the instrument's starts; small until then. */
export function chosenBuffer(): BufferChoice {
	try {
		return localStorage.getItem(storageKey) === "large" ? "large" : "small";
	} catch {
		return "small";
	}
}

/** Remembers for the next start how much is computed ahead. */
export function chooseBuffer(choice: BufferChoice): void {
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// A browser that keeps nothing starts with the small one every time.
	}
}
