type StartChoice = "kit" | "empty";

const storageKey = "flitzis-looper.start";

let remembered: StartChoice | null = null;

/** Whether the instrument starts with the demo kit: it does, until the performer has emptied all pads. */
export function startsWithDemoKit(): boolean {
	try {
		return localStorage.getItem(storageKey) !== "empty";
	} catch {
		return true;
	}
}

/** Remembers for the next start whether the performer wants the demo kit or empty pads. */
export function rememberStart(choice: StartChoice): void {
	if (choice === remembered) return;
	remembered = choice;
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// A browser that keeps nothing starts with the kit every time.
	}
}
