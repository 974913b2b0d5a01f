import { Listeners } from "./listeners.ts";

/** A sentence for the performer. */
export interface Notice {
	readonly tone: "info" | "error";
	readonly text: string;
	/** What the performer can do about it; such a notice stays until it is dismissed. */
	readonly action?: { readonly label: string; readonly run: () => void };
}

/** What the performer is told. */
export class Notices {
	readonly added: Listeners<Notice> = new Listeners();

	tell(tone: Notice["tone"], text: string): void {
		this.added.notify({ tone, text });
	}

	/** Tells something that waits for the performer's consent. */
	offer(text: string, label: string, run: () => void): void {
		this.added.notify({ tone: "info", text, action: { label, run } });
	}

	/** Runs `action` and tells the performer when the engine refuses it. @returns whether it succeeded */
	attempt(action: () => void): boolean {
		try {
			action();
			return true;
		} catch (error) {
			this.tell("error", messageOf(error));
			return false;
		}
	}
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
