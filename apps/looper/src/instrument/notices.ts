import { Listeners } from "./listeners.ts";

/** A sentence for the performer. */
export interface Notice {
	readonly tone: "info" | "error";
	readonly text: string;
	/** What the performer can do about it; such a notice stays until it is dismissed. */
	readonly action?: { readonly label: string; readonly run: () => void };
	/** Whether it stays until it is withdrawn or dismissed. */
	readonly isLasting?: true;
}

/** A notice of what is being done. */
export interface LastingNotice {
	/** Shows how much of it is done. @param share - 0..1 */
	advance(share: number): void;
	withdraw(): void;
}

/** What the performer is told. */
export class Notices {
	readonly added: Listeners<Notice> = new Listeners();
	/** What is not true any more. */
	readonly withdrawn: Listeners<Notice> = new Listeners();
	/** How much of what a lasting notice tells of is done, 0..1. */
	readonly advanced: Listeners<{ readonly notice: Notice; readonly share: number }> = new Listeners();

	/** @returns a function that withdraws it, where it ceases to be true while it is shown */
	tell(tone: Notice["tone"], text: string): () => void {
		return this.#add({ tone, text });
	}

	/** Tells what is being done; it stays until it is withdrawn. */
	tellWhile(text: string): LastingNotice {
		const notice: Notice = { tone: "info", text, isLasting: true };
		return { advance: (share) => this.advanced.notify({ notice, share }), withdraw: this.#add(notice) };
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

	#add(notice: Notice): () => void {
		this.added.notify(notice);
		return () => this.withdrawn.notify(notice);
	}
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
