/** A key that goes down; a `KeyboardEvent` is one. */
interface ShortcutPress {
	readonly key: string;
	readonly code: string;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
}

/** What a key does with the history: Ctrl+Z or Cmd+Z undoes, with Shift it redoes; null for all others. */
export function historyKey({ key, code, shiftKey, ctrlKey, altKey, metaKey }: ShortcutPress): "undo" | "redo" | null {
	if (altKey || ctrlKey === metaKey) return null;
	// Shortcuts are named by letter; on keyboards without Latin letters by position.
	const isZ = /^[a-z]$/iu.test(key) ? key.toLowerCase() === "z" : code === "KeyZ";
	if (!isZ) return null;
	return shiftKey ? "redo" : "undo";
}
