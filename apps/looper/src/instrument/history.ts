import { Listeners } from "./listeners.ts";

/** Something that the performer did and can take back. */
export interface Edit {
	/** What it did, as a heading: "Gain of pad 3". */
	readonly label: string;
	readonly undo: () => void;
	readonly redo: () => void;
	/** Names one drag or one turn of a wheel: edits of one gesture are one step. */
	readonly gesture?: string | undefined;
	/** What it changed; the label by default. Within a step the first undo and the last redo of a target count. */
	readonly target?: string | undefined;
}

/** Edits that are undone together, by what they change. */
interface Step {
	readonly label: string;
	readonly gesture: string | undefined;
	readonly parts: Map<string, Pick<Edit, "undo" | "redo">>;
}

/** How many steps can be undone. */
export const historySteps = 100;

/** The performer's edits: what can be undone, and what can be done again. */
export class History {
	/** Steps were added, undone, redone or forgotten. */
	readonly changes: Listeners<History> = new Listeners();
	readonly #undoable: Step[] = [];
	readonly #redoable: Step[] = [];
	/** The step that further edits may join. */
	#open: Step | null = null;
	#groupLabel: string | null = null;
	#isRestoring = false;

	get canUndo(): boolean {
		return this.#undoable.length > 0;
	}

	get canRedo(): boolean {
		return this.#redoable.length > 0;
	}

	/** What `undo` would take back; null when there is nothing. */
	get undoLabel(): string | null {
		return this.#undoable.at(-1)?.label ?? null;
	}

	/** What `redo` would do again; null when there is nothing. */
	get redoLabel(): string | null {
		return this.#redoable.at(-1)?.label ?? null;
	}

	/** Takes an edit that has been made. What `undo` and `redo` change is not recorded. */
	record({ label, undo, redo, gesture, target = label }: Edit): void {
		if (this.#isRestoring) return;
		const { parts } = this.#stepFor(label, gesture);
		parts.set(target, { undo: parts.get(target)?.undo ?? undo, redo });
		this.#redoable.length = 0;
		this.changes.notify(this);
	}

	/** Makes one step of all edits that `action` records. */
	group(label: string, action: () => void): void {
		if (this.#groupLabel !== null) {
			action();
			return;
		}
		this.#open = null;
		this.#groupLabel = label;
		try {
			action();
		} finally {
			this.#groupLabel = null;
			this.#open = null;
		}
	}

	/** Takes back the latest step. */
	undo(): void {
		const step = this.#undoable.pop();
		if (step === undefined) return;
		this.#redoable.push(step);
		this.#restore([...step.parts.values()].toReversed().map((part) => part.undo));
	}

	/** Does again what was undone last. */
	redo(): void {
		const step = this.#redoable.pop();
		if (step === undefined) return;
		this.#undoable.push(step);
		this.#restore([...step.parts.values()].map((part) => part.redo));
	}

	/** Forgets all steps, as when another set is opened. */
	clear(): void {
		this.#undoable.length = 0;
		this.#redoable.length = 0;
		this.#open = null;
		this.changes.notify(this);
	}

	#stepFor(label: string, gesture: string | undefined): Step {
		const isSameGesture = gesture !== undefined && this.#open?.gesture === gesture;
		if (this.#open !== null && (this.#groupLabel !== null || isSameGesture)) return this.#open;
		const step = { label: this.#groupLabel ?? label, gesture, parts: new Map() };
		this.#undoable.push(step);
		if (this.#undoable.length > historySteps) this.#undoable.shift();
		this.#open = step;
		return step;
	}

	#restore(actions: readonly (() => void)[]): void {
		this.#open = null;
		this.#isRestoring = true;
		try {
			for (const action of actions) action();
		} finally {
			this.#isRestoring = false;
		}
		this.changes.notify(this);
	}
}
