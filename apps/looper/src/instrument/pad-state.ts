import type { LoaderEvent, SampleSource } from "flitzis-looper";
import { failureText } from "./failure-text.ts";

/** A recording to put on a pad. */
export interface PadSource {
	readonly source: SampleSource;
	readonly title: string;
	/** From the demo kit, so that the performer's own files replace it. */
	readonly isDemo: boolean;
	/** Whether the pad shall loop; null keeps the pad's switch as it is. */
	readonly isLooping: boolean | null;
	/** The pad's light as "#rrggbb"; null leaves it to the pad's row. */
	readonly color: string | null;
}

/** What the pad's next hit plays. */
interface PadSample {
	readonly title: string;
	readonly isDemo: boolean;
	readonly color: string | null;
	readonly durationSec: number;
	readonly warnings: readonly string[];
}

/** A load on its way to the pad, or one that failed. */
export type PadLoad = { readonly requestId: number; readonly wanted: PadSource } & (
	| { readonly phase: "waiting" }
	| { readonly phase: "loading"; readonly stage: string; readonly percent: number }
	| { readonly phase: "failed"; readonly reason: string }
);

/** A pad: what it plays and what is coming; a load that fails leaves the sample as it was. */
export interface PadState {
	readonly sample: PadSample | null;
	readonly load: PadLoad | null;
	readonly isLooping: boolean;
}

/** What can happen to a pad. */
export type PadChange =
	| { readonly type: "load-requested"; readonly requestId: number; readonly wanted: PadSource }
	| { readonly type: "loader-event"; readonly event: LoaderEvent }
	| { readonly type: "load-dismissed" }
	| { readonly type: "loop-switched"; readonly isLooping: boolean }
	| { readonly type: "emptied" };

/** A pad that nothing was put on. */
export const emptyPad: PadState = { sample: null, load: null, isLooping: false };

/** The pad after the change; the same object where nothing changes. */
export function changePad(pad: PadState, change: PadChange): PadState {
	if (change.type === "emptied") return emptyPad;
	if (change.type === "loader-event") return followLoad(pad, change.event);
	if (change.type === "load-requested") {
		return { ...pad, load: { phase: "waiting", requestId: change.requestId, wanted: change.wanted } };
	}
	if (change.type === "load-dismissed") return pad.load === null ? pad : { ...pad, load: null };
	return pad.isLooping === change.isLooping ? pad : { ...pad, isLooping: change.isLooping };
}

function followLoad(pad: PadState, event: LoaderEvent): PadState {
	const { load } = pad;
	// A load that was replaced, dismissed or emptied away still ends in an event.
	if (load === null || load.requestId !== event.requestId) return pad;
	const { requestId, wanted } = load;
	switch (event.type) {
		case "started":
			return { ...pad, load: { requestId, wanted, phase: "loading", stage: "Loading", percent: 0 } };
		case "progress":
			return { ...pad, load: { requestId, wanted, phase: "loading", stage: event.stage, percent: event.percent } };
		case "success": {
			const { title, isDemo, color } = wanted;
			const sample = { title, isDemo, color, durationSec: event.durationSec, warnings: event.warnings };
			return { sample, load: null, isLooping: wanted.isLooping ?? pad.isLooping };
		}
		case "error":
			if (event.code === "cancelled") return { ...pad, load: null };
			return { ...pad, load: { requestId, wanted, phase: "failed", reason: failureText(event) } };
		default:
			return pad;
	}
}

/** Whether a load of the pad is waiting or at work. */
export function isLoadLive(pad: PadState): boolean {
	return pad.load !== null && pad.load.phase !== "failed";
}

/** Who a pad belongs to: nobody, the demo kit, or the performer. */
export function padOwner(pad: PadState): "nobody" | "demo" | "performer" {
	const held = [pad.sample, isLoadLive(pad) ? pad.load?.wanted : null].filter((part) => part != null);
	if (held.length === 0) return "nobody";
	return held.every((part) => part.isDemo) ? "demo" : "performer";
}
