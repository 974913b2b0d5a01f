import { Listeners } from "../instrument/listeners.ts";
import type { Notices } from "../instrument/notices.ts";

/** How a part of the app is named and loaded. */
export interface PartSource<Content> {
	/** Begins a sentence: "The mapping". */
	readonly name: string;
	/** Rejects when the code cannot be loaded; may be called again then. */
	load(): Promise<Content>;
}

/** A part of the app whose code is loaded when it is first needed. */
export class Part<Content> {
	/** It arrived, or somebody began or ceased to wait for it. */
	readonly changes: Listeners<Part<Content>> = new Listeners();
	readonly #source: PartSource<Content>;
	readonly #notices: Notices;
	#loading: Promise<Content> | null = null;
	#isHere = false;
	#waiting = 0;

	constructor(source: PartSource<Content>, notices: Notices) {
		this.#source = source;
		this.#notices = notices;
	}

	get isHere(): boolean {
		return this.#isHere;
	}

	/** Whether the performer waits for it. */
	get isAwaited(): boolean {
		return this.#waiting > 0;
	}

	/** The part, for the performer who asked for it. @returns null, and the performer is told, when it cannot be loaded */
	async get(): Promise<Content | null> {
		const mustWait = !this.#isHere;
		if (mustWait) this.#wait(1);
		try {
			return await this.#load();
		} catch {
			this.#notices.tell("error", unloadedText(this.#source.name));
			return null;
		} finally {
			if (mustWait) this.#wait(-1);
		}
	}

	/** Loads it ahead of need. A failure is not told: `get` tries again. */
	async preload(): Promise<void> {
		await this.#load().catch(() => {});
	}

	/** One load at a time; one that failed is forgotten. */
	#load(): Promise<Content> {
		this.#loading ??= this.#source.load().then(
			(content) => {
				this.#isHere = true;
				this.changes.notify(this);
				return content;
			},
			(error: unknown) => {
				this.#loading = null;
				throw error;
			},
		);
		return this.#loading;
	}

	#wait(change: 1 | -1): void {
		this.#waiting += change;
		this.changes.notify(this);
	}
}

/** What the performer is told when a part cannot be loaded. @param name - begins a sentence */
function unloadedText(name: string): string {
	return `${name} could not be loaded. Check the connection and try again; if that does not help, reload the page.`;
}
