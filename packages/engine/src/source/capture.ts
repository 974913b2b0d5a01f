import type { Host } from "../host.ts";
import type { LoadSource } from "../protocol/load-source.ts";

/** A source as a loader thread receives it, and its name in events. */
export interface NamedSource {
	readonly name: string;
	readonly source: LoadSource;
	/** Ends the load as the caller's own signal does. */
	readonly signal?: AbortSignal;
	/** Lets go of what the control thread still holds for it; called when the load has ended, read or not. */
	readonly release?: () => void;
}

/** What captures a source. */
export interface CaptureTerms {
	/** The caller gives the bytes or samples away. */
	readonly transfer: boolean;
	readonly host: Pick<Host, "createChannel" | "detach" | "isBlob" | "resolveSource">;
}

/**
 * Captures one kind of source at the call, without reading it.
 *
 * Thread: control.
 * @returns null when the value is of another kind.
 * @throws TypeError or RangeError when it is of that kind, but cannot be loaded.
 */
export type CaptureSource = (value: unknown, terms: CaptureTerms) => NamedSource | null;

export function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
