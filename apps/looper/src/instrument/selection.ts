import { Listeners } from "./listeners.ts";

const nothing: ReadonlySet<number> = new Set();

/** The pads whose settings are edited. */
export class Selection {
	/** The selection has changed. */
	readonly changes: Listeners<Selection> = new Listeners();
	#pad: number | null = null;
	#pads: ReadonlySet<number> = nothing;

	/** The pad that was selected last; null when none is selected. */
	get pad(): number | null {
		return this.#pad;
	}

	/** All selected pads. */
	get pads(): ReadonlySet<number> {
		return this.#pads;
	}

	/** Selects one pad alone, or none. */
	select(pad: number | null): void {
		if (pad === this.#pad && this.#pads.size <= 1) return;
		this.#change(pad, pad === null ? nothing : new Set([pad]));
	}

	/** Adds a pad to the selection, or takes it out. */
	toggle(pad: number): void {
		const pads = new Set(this.#pads);
		if (!pads.delete(pad)) {
			this.#change(pad, pads.add(pad));
			return;
		}
		this.#change([...pads].at(-1) ?? null, pads);
	}

	/** Adds the pads from the one selected last to this one. */
	extendTo(pad: number): void {
		const from = this.#pad ?? pad;
		const [first, last] = [Math.min(from, pad), Math.max(from, pad)];
		const range = Array.from({ length: last - first + 1 }, (_, index) => first + index);
		this.#change(pad, new Set([...this.#pads, ...range]));
	}

	/** Ends a selection of several: the pad that was selected last stays. */
	endSeveral(): void {
		this.select(this.#pad);
	}

	/** The pads that an edit of this one changes, it first: every selected pad when it is one of them, else it alone. */
	editedWith(pad: number): readonly number[] {
		return this.#pads.has(pad) ? [pad, ...[...this.#pads].filter((other) => other !== pad)] : [pad];
	}

	#change(pad: number | null, pads: ReadonlySet<number>): void {
		this.#pad = pad;
		this.#pads = pads;
		this.changes.notify(this);
	}
}
