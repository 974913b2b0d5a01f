type StartChoice = "demo" | "empty";

const storageKey = "flitzis-looper.start";

let remembered: StartChoice | null = null;

/** Whether the instrument starts with the demo set: true until the performer empties all pads. */
export function startsWithDemoSet(): boolean {
	try {
		return localStorage.getItem(storageKey) !== "empty";
	} catch {
		return true;
	}
}

/** Stores whether the next start loads the demo set. */
export function rememberStart(choice: StartChoice): void {
	if (choice === remembered) return;
	remembered = choice;
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// Without storage every start loads the demo set.
	}
}
