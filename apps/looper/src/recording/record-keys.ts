/** A key that goes down; a `KeyboardEvent` is one. */
interface RecordPress {
	readonly code: string;
	readonly repeat: boolean;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
}

/** What a key does to recording: Alt+R starts or ends a take, with Shift it keeps what was just heard; null for all others. */
export function recordKey(press: RecordPress): "record" | "keep-last" | null {
	const isMeant = press.code === "KeyR" && press.altKey && !press.ctrlKey && !press.metaKey && !press.repeat;
	if (!isMeant) return null;
	return press.shiftKey ? "keep-last" : "record";
}
