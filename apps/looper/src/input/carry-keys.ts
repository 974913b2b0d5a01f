/** A key that goes down; a `KeyboardEvent` is one. */
export interface ShortcutPress {
	/** What the key types. */
	readonly key: string;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
}

/** What a key does with pads on their way to another place. */
export type CarryAction = "swap" | "copy" | "drop" | "let-go";

const actions: Partial<Record<string, CarryAction>> = { x: "swap", c: "copy", v: "drop" };

/** Ctrl or Command with X picks a pad up to swap it, with C to copy it, with V drops it; Escape lets it go. Null for other keys. */
export function carryActionForKey({ key, shiftKey, ctrlKey, altKey, metaKey }: ShortcutPress): CarryAction | null {
	if (shiftKey || altKey) return null;
	if (ctrlKey || metaKey) return actions[key.toLowerCase()] ?? null;
	return key === "Escape" ? "let-go" : null;
}
