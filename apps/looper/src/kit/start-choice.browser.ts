const storageKey = "flitzis-looper.start";

/** Whether the instrument starts with the demo kit: it does, until the performer has emptied all pads. */
export function startsWithDemoKit(): boolean {
	return read() !== "empty";
}

/** Remembers for the next start whether the performer wants the demo kit or empty pads. */
export function rememberStart(choice: "kit" | "empty"): void {
	if (read() === choice) return;
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// A browser that keeps nothing starts with the kit every time.
	}
}

function read(): string | null {
	try {
		return localStorage.getItem(storageKey);
	} catch {
		return null;
	}
}
