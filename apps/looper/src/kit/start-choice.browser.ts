type StartChoice = "kit" | "empty";

const storageKey = "flitzis-looper.start";

let remembered: StartChoice | null = null;

/** Whether the instrument starts with the demo kit: true until the performer empties all pads. */
export function startsWithDemoKit(): boolean {
	try {
		return localStorage.getItem(storageKey) !== "empty";
	} catch {
		return true;
	}
}

/** Stores whether the next start loads the demo kit. */
export function rememberStart(choice: StartChoice): void {
	if (choice === remembered) return;
	remembered = choice;
	try {
		localStorage.setItem(storageKey, choice);
	} catch {
		// Without storage every start loads the kit.
	}
}
