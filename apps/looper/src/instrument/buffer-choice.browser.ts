/** How much sound is rendered ahead: a small buffer responds faster, a large one drops out less often. */
export type BufferChoice = "small" | "large";

const storageKey = "flitzis-looper.buffer";

/** The stored choice; small by default. */
export function chosenBuffer(): BufferChoice {
	try {
		return localStorage.getItem(storageKey) === "large" ? "large" : "small";
	} catch {
		return "small";
	}
}

/** Stores the choice for the next start. */
export function chooseBuffer(choice: BufferChoice): void {
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// Without storage every start uses the small buffer.
	}
}
